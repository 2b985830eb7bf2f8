import type { Dataset } from '../dataset';

/**
 * Gives a dataset a way to its labels alone. Copies of it, `{ ...dataset, read }`, do not carry it along: their `read`
 * may label otherwise.
 *
 * @param labels left out, the dataset stays as it is
 * @returns the same object
 * @example
 * return withLabels({ name, size, imageShape, tasks, read }, async (indices) => ({ class: labelsAt(indices) }));
 */
export function withLabels<Labelled extends Dataset>(
  dataset: Labelled,
  labels: Dataset['labels'] | undefined,
): Labelled {
  return labels === undefined ? dataset : Object.defineProperty(dataset, 'labels', { value: labels });
}
