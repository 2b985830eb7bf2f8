import type { LabelValues } from '../dataset';

/**
 * The labels of some examples, in the order of `indices`.
 *
 * @param labels of one task, of every example: as many numbers each as its kind has
 * @param size how many examples there are
 */
export function selectLabels(labels: LabelValues, indices: ArrayLike<number>, size: number): LabelValues {
  const width = labels.length / size;
  const selected =
    labels instanceof Int32Array
      ? new Int32Array(indices.length * width)
      : new Float32Array(indices.length * width);
  for (let row = 0; row < indices.length; row++) {
    const start = (indices[row] as number) * width;
    selected.set(labels.subarray(start, start + width), row * width);
  }
  return selected;
}
