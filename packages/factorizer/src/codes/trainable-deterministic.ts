import { deterministic } from '@factornet/core';
import { linearOutput } from '@factornet/zoo';
import type { Tensor2D } from '@tensorflow/tfjs';
import type { TrainableCode } from './trainable-code';

export interface TrainableDeterministicOptions {
  /** Length of t. Default: that of the backbones' features together, or of z, as the fusion wants it. */
  readonly length?: number;
}

/** {@link deterministic}, trained as it is. */
export const trainableDeterministic = ({ length }: TrainableDeterministicOptions = {}): TrainableCode => ({
  ...deterministic(),
  answers: false,
  lengthFor: ({ liked }) => length ?? liked,
  outputs: linearOutput,
  encode: ([code]) => ({ sample: code as Tensor2D }),
});
