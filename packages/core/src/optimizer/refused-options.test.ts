import { InvalidOptionError } from '@factornet/spec';
import { expect, it } from 'vitest';
import { adam } from './adam';
import { adamW } from './adam-w';
import { clipByGlobalNorm } from './clip-by-global-norm';
import { sgd } from './sgd';

it.each([
  ['learningRate', () => sgd({ learningRate: Number.NaN })],
  ['learningRate', () => adam({ learningRate: -1 })],
  ['learningRate', () => adamW({ learningRate: Number.POSITIVE_INFINITY })],
  ['beta1', () => adam({ beta1: 1 })],
  ['beta2', () => adam({ beta2: 1.5 })],
  ['epsilon', () => adam({ epsilon: -1e-7 })],
  ['weightDecay', () => adamW({ weightDecay: -5 })],
  ['weightDecay', () => sgd({ weightDecay: Number.NaN })],
  ['momentum', () => sgd({ momentum: 2 })],
  ['momentum', () => sgd({ nesterov: true })],
  ['maximum', () => clipByGlobalNorm(0)],
  ['maximum', () => clipByGlobalNorm(Number.NaN)],
])('a senseless %s is refused before it trains', (option, make) => {
  expect(make).toThrow(InvalidOptionError);
  expect(make).toThrow(option);
});
