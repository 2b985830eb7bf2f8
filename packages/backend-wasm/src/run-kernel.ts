import { getKernel, type KernelConfig, type NamedTensorInfoMap, type TensorInfo } from '@tensorflow/tfjs';
import type { WasmBackend } from './wasm-backend';

export type KernelAttributes = Record<string, unknown>;

/**
 * Runs a kernel of the WASM backend below the engine: no tape, no scope, no bookkeeping. The caller
 * disposes of the result with `backend.disposeData`.
 */
export function runKernel(
  backend: WasmBackend,
  kernel: string | KernelConfig,
  inputs: NamedTensorInfoMap,
  attributes: KernelAttributes = {},
): TensorInfo {
  const config = typeof kernel === 'string' ? getKernel(kernel, 'wasm') : kernel;
  const attrs = attributes as Parameters<KernelConfig['kernelFunc']>[0]['attrs'];
  return config.kernelFunc({ inputs, backend, ...(attrs && { attrs }) }) as TensorInfo;
}
