import type { TensorInfo } from '@tensorflow/tfjs';
import { transposeToBatchLast } from './transpose-for-filter-gradient';
import { floatsOf, type WasmBackend } from './wasm-backend';

/** `[…, rows, columns]` → `[…, columns, rows]`, as a new tensor. */
export function transposeMatrices(backend: WasmBackend, matrices: TensorInfo): TensorInfo {
  const rank = matrices.shape.length;
  const rows = matrices.shape[rank - 2] as number;
  const columns = matrices.shape[rank - 1] as number;
  const output = backend.makeOutput([...matrices.shape.slice(0, -2), columns, rows], 'float32');
  const source = floatsOf(backend, matrices);
  const target = floatsOf(backend, output);
  const window = { batchSize: rows, height: 1, width: 1, channels: columns, windowHeight: 1, windowWidth: 1 };
  for (let start = 0; start < source.length; start += rows * columns) {
    const end = start + rows * columns;
    transposeToBatchLast(source.subarray(start, end), target.subarray(start, end), window);
  }
  return output;
}
