import { HeapFullError } from '@factornet/spec';
import { backend } from '@tensorflow/tfjs';

/**
 * Fills the heap of the current WASM backend but for so many bytes, in one piece. Nothing is written, so the operating
 * system gives no memory for it; but the heap stays at its largest, so use it in `*.alone.test.ts`.
 *
 * @returns what empties it again
 */
export function fillHeap(left: number): () => void {
  const { wasm } = backend() as unknown as {
    wasm: { _malloc(bytes: number): number; _free(at: number): void };
  };
  const hole = left > 0 ? wasm._malloc(left) : 0;
  const blocks: number[] = [];
  for (let bytes = 2 ** 30; bytes >= 2 ** 10; ) {
    try {
      blocks.push(wasm._malloc(bytes));
    } catch (error) {
      if (!HeapFullError.isInstance(error)) throw error;
      bytes /= 2;
    }
  }
  if (hole !== 0) wasm._free(hole);
  return () => {
    for (const block of blocks) wasm._free(block);
  };
}
