import { randomStream } from '@factornet/core/training';
import { InvalidOptionError } from '@factornet/spec';
import { checkIndices } from '../check-indices';
import type { Dataset } from '../dataset';
import { readLabels } from '../labels/read-labels';
import { withLabels } from '../labels/with-labels';

/**
 * The examples of `dataset` at `indices`, in that order, repeats allowed.
 *
 * @param name defaults to the dataset's name, the number of examples and a fingerprint of the indices
 * @throws InvalidOptionError for an index outside the dataset
 */
export function subset(dataset: Dataset, indices: ArrayLike<number>, name?: string): Dataset {
  checkIndices(indices, dataset.size);
  const chosen = Int32Array.from(indices);
  const inDataset = (positions: ArrayLike<number>) => {
    checkIndices(positions, chosen.length);
    return Int32Array.from(positions, (position) => chosen[position] as number);
  };
  const part: Dataset = {
    name: name ?? `${dataset.name}[${chosen.length} examples, ${fingerprint(chosen)}]`,
    size: chosen.length,
    imageShape: dataset.imageShape,
    tasks: dataset.tasks,
    ...(dataset.notes && { notes: dataset.notes }),
    read: async (positions) => dataset.read(inDataset(positions)),
  };
  const labels: Dataset['labels'] = async (positions) => readLabels(dataset, inDataset(positions));
  return withLabels(part, dataset.labels && labels);
}

/** The first `count` examples, which in a folder of pictures are of one class: see `limited`. @throws InvalidOptionError if there are fewer */
export function takeFirst(dataset: Dataset, count: number): Dataset {
  if (!Number.isInteger(count) || count < 0 || count > dataset.size) {
    throw new InvalidOptionError({
      option: 'count',
      expected: `an integer from 0 to ${dataset.size}`,
      received: count,
    });
  }
  const first = Int32Array.from({ length: count }, (_, index) => index);
  return subset(dataset, first, `${dataset.name}[first ${count}]`);
}

/** Eight hexadecimal digits that tell one choice of indices from another. */
function fingerprint(indices: Int32Array): string {
  const number = randomStream(0, indices.join(',')).uniform() * 2 ** 32;
  return number.toString(16).padStart(8, '0');
}
