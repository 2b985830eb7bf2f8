import type { StepEvent } from '@factornet/factorizer';
import { expect, test } from 'vitest';
import { timeInAll } from './time-in-all';

const step = (network: string | undefined, secondsLeft: number): StepEvent => ({
  ...{ type: 'step', stage: 'training', epoch: 1, epochs: 1, step: 1, stepsPerEpoch: 2 },
  ...{ loss: 1, terms: {}, learningRate: 1, secondsLeft, ...(network !== undefined && { network }) },
});

test('what is to come lasts as long as the like of it did', () => {
  let time = 0;
  const inAll = timeInAll(['common', 'shape', 'size', 'hue'], () => time);
  expect(inAll(step('common', 60))).toBeUndefined();
  time = 60_000;
  expect(inAll(step('shape', 10))).toBe(10 + 2 * 10);
  time = 64_000;
  expect(inAll(step('shape', 8))).toBe(8 + 2 * 12);
  time = 72_000;
  inAll(step('shape', 0));
  expect(inAll(step('size', 6))).toBe(6 + (12 + 6) / 2);
  time = 78_000;
  inAll(step('size', 0));
  expect(inAll(step('hue', 3))).toBeUndefined();
});

test('of networks that are trained two at a time, two more take as long as one', () => {
  let time = 0;
  const inAll = timeInAll(['common', 'one', 'two', 'three', 'four'], () => time);
  inAll(step('common', 0));
  inAll(step('one', 10));
  expect(inAll(step('two', 20))).toBe(20 + 15);
  time = 10_000;
  inAll(step('two', 10));
  inAll(step('one', 0));
  expect(inAll(step('three', 12))).toBe(12 + (10 + 20 + 12) / 3);
  expect(inAll(step('four', 15))).toBe(15);
});

test('of a training of one network nothing is said', () => {
  expect(timeInAll([], () => 0)(step(undefined, 5))).toBeUndefined();
});
