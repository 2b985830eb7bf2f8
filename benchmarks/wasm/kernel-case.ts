import type { Tensor } from '@tensorflow/tfjs';

/** What a kernel has to do at the least: multiply–adds count as two operations, padding included. */
export type Work = { readonly operations: number } | { readonly bytes: number };

export interface KernelPass {
  readonly kernel: string;
  readonly work: Work;
  /** Its outputs belong to the caller's `tidy`. */
  run(): Tensor | Tensor[];
}

/** Kernels that share a shape and their inputs: a forward kernel and its gradients. */
export interface KernelCase {
  readonly shape: string;
  /** Makes the inputs, in the caller's `tidy`. */
  prepare(): KernelPass[];
}

/** Bytes of float32 tensors that are read or written once. */
export function bytesOf(...tensors: readonly { readonly size: number }[]): number {
  return tensors.reduce((total, { size }) => total + 4 * size, 0);
}
