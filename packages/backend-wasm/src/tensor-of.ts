import { engine, Tensor, type TensorInfo } from '@tensorflow/tfjs';

/** A kernel's result as a tensor of the engine. Kernels may give one already; a second for its data is never disposed of. */
export function tensorOf(result: TensorInfo | TensorInfo[]): Tensor {
  const info = result as TensorInfo;
  return info instanceof Tensor ? info : engine().makeTensorFromTensorInfo(info);
}
