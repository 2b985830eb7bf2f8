import { deterministic } from '@factornet/core';
import { linearOutput } from '@factornet/zoo';
import type { Tensor2D } from '@tensorflow/tfjs';
import type { TrainableCode } from './trainable-code';

/** {@link deterministic}, trained as it is. */
export const trainableDeterministic = (): TrainableCode => ({
  ...deterministic(),
  answers: false,
  lengthFor: ({ liked }) => liked,
  outputs: linearOutput,
  encode: ([code]) => ({ sample: code as Tensor2D }),
});
