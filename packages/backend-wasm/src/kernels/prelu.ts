import { cast, less, mul, type Tensor, tidy, where } from '@tensorflow/tfjs';
import type { KernelReplacement } from '../replacement';
import { floatsOf, type WasmBackend } from '../wasm-backend';

/**
 * `x` where it is not negative, else `alpha · x`. The stock kernel takes alpha for the last axes of x whatever its
 * shape, and multiplies positive numbers, too, with 0 · alpha: one that is not finite spoils them.
 */
export const preluReplacement: KernelReplacement = {
  kernelName: 'Prelu',
  create: (stock) => (call) => {
    const { x, alpha } = call.inputs as { x: Tensor; alpha: Tensor };
    const isStock =
      isTail(alpha.shape, x.shape) &&
      alpha.dtype === 'float32' &&
      floatsOf(call.backend as WasmBackend, alpha).every(Number.isFinite);
    if (isStock) return stock.kernelFunc(call);
    return tidy(() => where(less(x, 0), mul(alpha, x), cast(x, 'float32')));
  },
};

/** Whether `[1, …, 1, ...tail]` ends with the sizes that the other shape ends with, and neither is empty. */
function isTail(shape: number[], whole: number[]): boolean {
  const first = shape.findIndex((size) => size !== 1);
  const tail = first < 0 ? [] : shape.slice(first);
  return (
    shape.length <= whole.length &&
    !whole.includes(0) &&
    tail.every((size, index) => size === whole[whole.length - tail.length + index])
  );
}
