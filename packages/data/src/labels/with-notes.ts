import type { Dataset } from '../dataset';

/** Adds notes to a dataset, each once. @returns the same object */
export function withNotes(dataset: Dataset, more: readonly string[]): Dataset {
  if (more.length === 0) return dataset;
  return Object.assign(dataset, { notes: [...new Set([...(dataset.notes ?? []), ...more])] });
}
