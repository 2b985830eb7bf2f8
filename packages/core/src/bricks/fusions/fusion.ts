import type { Tensor2D } from '@tensorflow/tfjs';
import type { PlainLayer } from '../plain-layer';

/** How a head sees the common features z and a factor's code t: a plug-in, made by a factory such as `add()`. */
export interface Fusion {
  /** What manifests name it by: lower-case words joined by hyphens. */
  readonly type: string;
  /** What it makes of both, e.g. `z + t`. */
  readonly formula: string;
  /** The length of t that goes with z of this length: `liked`, if any does. */
  codeLength(features: number, liked: number): number;
  /** The length of what the head takes. */
  headLength(features: number, code: number): number;
  /** What the head takes, `[batch, headLength]`: of z, `[batch, features]`, and t, `[batch, code]`. On the tape. */
  fuse(z: Tensor2D, code: Tensor2D): Tensor2D;
  /** The layer of TensorFlow.js that does the same to `[z, t]`, as a model's file has it; absent where that is t. */
  readonly layer?: PlainLayer;
}
