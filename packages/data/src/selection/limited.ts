import { randomStream } from '@factornet/core/training';
import { InvalidOptionError } from '@factornet/spec';
import type { Dataset, LabelValues } from '../dataset';
import type { LabelledTaskKind } from '../kinds/labelled-task-kind';
import { noteAbsentClasses } from '../labels/absent-classes';
import { readLabels } from '../labels/read-labels';
import { withNotes } from '../labels/with-notes';
import { subset } from './subset';

export interface LimitedOptions {
  /** Chooses within each class. Default 0. */
  seed?: number;
  /** Kinds of its tasks. Default `labelledTaskKinds`. */
  kinds?: readonly LabelledTaskKind[];
}

/**
 * At most `count` examples, chosen at random, each class in proportion: of m in n examples of a class, `m · count / n`
 * are kept, rounded up or down. With several tasks that holds for the first; the others are spread as evenly as the
 * first's classes allow; tasks that take several numbers to label do not count. Examples stay in their order. A class that is left without an example is in `notes`.
 *
 * @returns the dataset itself if it has no more
 * @throws InvalidOptionError for a count that is not a positive integer
 * @example
 * const few = await limited(await imageFolder('cifar10/train.tar'), 1000, { seed: 1 });
 */
export async function limited(
  dataset: Dataset,
  count: number,
  { seed = 0, kinds }: LimitedOptions = {},
): Promise<Dataset> {
  if (!Number.isInteger(count) || count < 1) {
    throw new InvalidOptionError({ option: 'count', expected: 'a positive integer', received: count });
  }
  if (count >= dataset.size) return dataset;
  const chosen = await chooseInProportion(dataset, count, seed);
  const part = subset(dataset, chosen, `${dataset.name}[${count} by class, seed ${seed}]`);
  return withNotes(part, await noteAbsentClasses(part, kinds));
}

/** Every so-manieth of the examples, ordered by their labels and at random where those are equal. */
async function chooseInProportion(dataset: Dataset, count: number, seed: number): Promise<Int32Array> {
  const labels = await readLabels(dataset);
  const columns = dataset.tasks.flatMap(({ name }) => {
    const values = labels[name] as LabelValues;
    return values.length === dataset.size ? [values] : [];
  });
  const stream = randomStream(seed, 'limit');
  const ordered = Array.from(stream.permutation(dataset.size)).sort((one, other) => {
    for (const column of columns) {
      const difference = (column[one] as number) - (column[other] as number);
      // NaN says that there is no label.
      if (difference) return difference;
    }
    return 0;
  });
  const step = dataset.size / count;
  const start = stream.uniform();
  return Int32Array.from({ length: count }, (_, index) => {
    return ordered[Math.floor((start + index) * step)] as number;
  }).sort();
}
