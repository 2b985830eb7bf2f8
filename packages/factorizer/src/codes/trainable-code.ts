import type { Code } from '@factornet/core';
import type { TaskDescription } from '@factornet/spec';
import type { CodeOutputRequest } from '@factornet/zoo';
import type { SymbolicTensor, Tensor, Tensor2D } from '@tensorflow/tfjs';
import type { CodeDistribution } from '../networks/code-distribution';

/** What a code is during one training step. */
export interface CodePass {
  /** What the head sees as t, `[batch, code]`: of a Gaussian one draw. */
  readonly sample: Tensor2D;
  /** q(t|x), of a Gaussian code. */
  readonly gaussian?: CodeDistribution;
  /** What the code says of the label by itself, `[batch, classes]`: of a categorical one its logits. */
  readonly answer?: Tensor2D;
}

/** What a task's code is made of while it is trained. */
export interface CodeRequest {
  readonly task: TaskDescription;
  /** The length that the backbones and the fusion would give it. */
  readonly liked: number;
}

/** A code that can be trained. */
export interface TrainableCode extends Code {
  /** Whether `encode` gives an `answer`. */
  readonly answers: boolean;
  /** Length of t. @throws InvalidOptionError for a task that it cannot code */
  lengthFor(request: CodeRequest): number;
  /** Layers from features to what t is made of. */
  outputs(features: SymbolicTensor, request: CodeOutputRequest): SymbolicTensor[];
  /** t of a training step, on the tape. `noise` is from N(0, 1), `[batch, code]`. */
  encode(outputs: readonly Tensor[], noise: Tensor2D): CodePass;
}
