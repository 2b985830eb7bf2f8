import { cast, engine, type TensorInfo, tidy } from '@tensorflow/tfjs';
import type { KernelReplacement } from '../replacement';

/** `floorDiv` gives whole numbers, as on the CPU backend; the stock kernel leaves them float32. */
export const floorDivReplacement: KernelReplacement = {
  kernelName: 'FloorDiv',
  create: (stock) => (call) =>
    tidy(() => cast(engine().makeTensorFromTensorInfo(stock.kernelFunc(call) as TensorInfo), 'int32')),
};
