import type { FeatureMatrix } from '@factornet/core/samples';
import { type Tensor2D, tensor2d } from '@tensorflow/tfjs';
import type { PairedSamples } from '../estimator';

/** The pairs at these rows, as tensors `[rows, columns]` that the caller disposes of. */
export function batchOf({ x, y }: PairedSamples, rows: Int32Array): { x: Tensor2D; y: Tensor2D } {
  return { x: toTensor(x, rows), y: toTensor(y, rows) };
}

function toTensor({ columns, data }: FeatureMatrix, rows: Int32Array): Tensor2D {
  const values = new Float32Array(rows.length * columns);
  for (const [index, row] of rows.entries()) {
    values.set(data.subarray(row * columns, (row + 1) * columns), index * columns);
  }
  return tensor2d(values, [rows.length, columns]);
}
