import { cast, tidy } from '@tensorflow/tfjs';
import type { KernelReplacement } from '../replacement';
import { tensorOf } from '../tensor-of';

/** `floorDiv` gives whole numbers, as on the CPU backend; the stock kernel leaves them float32. */
export const floorDivReplacement: KernelReplacement = {
  kernelName: 'FloorDiv',
  create: (stock) => (call) => tidy(() => cast(tensorOf(stock.kernelFunc(call)), 'int32')),
};
