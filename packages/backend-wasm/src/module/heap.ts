import type { TensorInfo } from '@tensorflow/tfjs';
import type { WasmBackend } from '../wasm-backend';
import type { Address } from './kernel-module';

/** Where a tensor lies on the heap. */
export function addressOf(backend: WasmBackend, { dataId }: TensorInfo): Address {
  return backend.dataIdMap.get(dataId).memoryOffset;
}

/**
 * Gives `use` a piece of heap and takes it back afterwards. Allocating may grow the heap, which detaches
 * typed arrays, never addresses.
 *
 * @throws HeapFullError, of the guard around the backend, when the heap is full
 */
export function withScratch<Result>(
  backend: WasmBackend,
  bytes: number,
  use: (scratch: Address) => Result,
): Result {
  // Emscripten returns a signed integer; malloc(0) may give 0.
  const scratch = backend.wasm._malloc(Math.max(bytes, 16)) >>> 0;
  try {
    return use(scratch);
  } finally {
    backend.wasm._free(scratch);
  }
}
