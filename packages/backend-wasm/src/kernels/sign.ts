import { cast, greater, less, sub, type Tensor, tidy } from '@tensorflow/tfjs';
import type { KernelReplacement } from '../replacement';

/** `1` above zero, `-1` below, else `0`. The stock kernel takes everything up to 1e-7 for zero. */
export const signReplacement: KernelReplacement = {
  kernelName: 'Sign',
  create: (stock) => (call) => {
    const { x } = call.inputs as { x: Tensor };
    if (x.dtype !== 'float32') return stock.kernelFunc(call);
    return tidy(() => sub(cast(greater(x, 0), 'float32'), cast(less(x, 0), 'float32')));
  },
};
