import { type TensorInfo, util } from '@tensorflow/tfjs';
import { addressOf } from '../module/heap';
import { kernelsOf } from '../module/kernel-module';
import type { WasmBackend } from '../wasm-backend';

/** Whether a float32 tensor holds NaN: one pass, until the first. */
export function holdsNaN(backend: WasmBackend, info: TensorInfo): boolean {
  if (info.dtype !== 'float32') return false;
  return kernelsOf(backend).holdsNaN(addressOf(backend, info), util.sizeFromShape(info.shape)) !== 0;
}
