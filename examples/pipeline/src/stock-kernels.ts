import { registerTrainingKernels, unregisterTrainingKernels } from '@factornet/backend-wasm';

/**
 * Computes with TensorFlow.js's own WASM kernels, as a project does that has no training kernels installed:
 * ours round batch normalization differently in the last bit.
 */
export async function withStockKernels<T>(body: () => Promise<T>): Promise<T> {
  unregisterTrainingKernels();
  try {
    return await body();
  } finally {
    registerTrainingKernels();
  }
}
