import { eachBatch } from '../batches/each-batch';
import { byteDataset } from '../byte-dataset';
import { checkIndices } from '../check-indices';
import type { Dataset } from '../dataset';
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
  const labels: (Record<string, number> | undefined)[] = new Array(dataset.size);
  const pictureBytes = dataset.imageShape.reduce((product, length) => product * length, 1);

  async function fetchMissing(indices: ArrayLike<number>): Promise<void> {
    const missing = [...new Set(Array.from(indices))].filter((index) => pictures[index] === undefined);
    const fetched = { indices: Int32Array.from(missing), batchSize };
    await eachBatch(dataset, fetched, ({ examples, indices: wanted }) => {
      for (const [position, index] of wanted.entries()) {
        const values = examples.images.subarray(position * pictureBytes, (position + 1) * pictureBytes);
        pictures[index] = Uint8Array.from(values, (value) => Math.round(value * 255));
        labels[index] = Object.fromEntries(
          dataset.tasks.map(({ name }) => [name, examples.labels[name]?.[position] as number]),
        );
      }
    });
  }

  const kept = byteDataset({
    name: dataset.name,
    size: dataset.size,
    imageShape: dataset.imageShape,
    tasks: dataset.tasks,
    picture: (index) => pictures[index] as Uint8Array,
    labels: (index) => labels[index] as Record<string, number>,
  });
  const copy: Dataset = {
    ...kept,
    ...(dataset.notes && { notes: dataset.notes }),
    async read(indices) {
      checkIndices(indices, dataset.size);
      await fetchMissing(indices);
      return kept.read(indices);
    },
  };
  return withLabels(copy, dataset.labels && ((indices) => readLabels(dataset, indices)));
}
