import { eachBatch } from '../batches/each-batch';
import { byteDataset } from '../byte-dataset';
import { checkIndices } from '../check-indices';
import type { Dataset, LabelValues } from '../dataset';
import { labelsAt, writeLabels } from '../labels/label-values';
import { readLabels } from '../labels/read-labels';
import { withLabels } from '../labels/with-labels';

/** How many pictures are fetched from the source in one call. */
const batchSize = 256;

/**
 * Keeps 8-bit copies of the pictures in memory, so that each is read once: `height · width · channels` bytes
 * per example. Values come back rounded to whole 255ths, which changes nothing for 8-bit pictures.
 *
 * @example
 * const dataset = cached(splitDataset(slowDataset, { train: 0.9, test: 0.1 }, 1).train);
 */
export function cached(dataset: Dataset): Dataset {
  const pictures: (Uint8Array | undefined)[] = new Array(dataset.size);
  const labels: Record<string, LabelValues> = {};
  const pictureBytes = dataset.imageShape.reduce((product, length) => product * length, 1);

  async function fetchMissing(indices: ArrayLike<number>): Promise<void> {
    const missing = [...new Set(Array.from(indices))].filter((index) => pictures[index] === undefined);
    const fetched = { indices: Int32Array.from(missing), batchSize };
    await eachBatch(dataset, fetched, ({ examples, indices: wanted }) => {
      for (const [position, index] of wanted.entries()) {
        const values = examples.images.subarray(position * pictureBytes, (position + 1) * pictureBytes);
        pictures[index] = Uint8Array.from(values, (value) => Math.round(value * 255));
      }
      writeLabels(labels, dataset, examples, wanted);
    });
  }

  const kept = byteDataset({
    name: dataset.name,
    size: dataset.size,
    imageShape: dataset.imageShape,
    tasks: dataset.tasks,
    picture: (index) => pictures[index] as Uint8Array,
    labels: (indices) => labelsAt(labels, dataset.size, indices),
  });
  const copy: Dataset = {
    ...kept,
    ...(dataset.notes && { notes: dataset.notes }),
    async read(indices) {
      checkIndices(indices, dataset.size);
      if (indices.length === 0) return dataset.read(indices);
      await fetchMissing(indices);
      return kept.read(indices);
    },
  };
  return withLabels(copy, dataset.labels && ((indices) => readLabels(dataset, indices)));
}
