import { eachBatch } from '../batches/each-batch';
import type { Dataset, Labels, LabelValues } from '../dataset';
import { writeLabels } from './label-values';

/** Values of pictures that are held at a time where labels come with them only: 16 MB. */
const VALUES_AT_A_TIME = 2 ** 22;

/**
 * The labels of examples. No picture is decoded or drawn where the dataset knows its labels without; else pictures are
 * read few at a time.
 *
 * @param indices default: all examples, in order
 * @throws InvalidOptionError for an index outside the dataset
 * @example
 * const { class: labels } = await readLabels(dataset);
 */
export async function readLabels(dataset: Dataset, indices?: ArrayLike<number>): Promise<Labels> {
  const wanted = Int32Array.from(indices ?? { length: dataset.size }, (index, position) => index ?? position);
  if (dataset.labels !== undefined) return dataset.labels(wanted);
  const values = dataset.imageShape.reduce((product, length) => product * length, 1);
  if (wanted.length === 0) return (await dataset.read(wanted)).labels;
  const batchSize = Math.max(1, Math.floor(VALUES_AT_A_TIME / values));
  const labels: Record<string, LabelValues> = {};
  await eachBatch(dataset, { indices: wanted, batchSize }, ({ examples, start }) => {
    const positions = Int32Array.from({ length: examples.size }, (_, index) => start + index);
    writeLabels(labels, { ...dataset, size: wanted.length }, examples, positions);
  });
  return labels;
}
