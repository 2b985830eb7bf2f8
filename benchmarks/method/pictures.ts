import { type Dataset, type ShapesDataset, shapes, subset } from '@factornet/data';
import { difficulty, trainData } from '@factornet/example-quickstart/settings';
import type { ClassificationTask } from '@factornet/spec';
import type { NewTask } from './job';
import type { JobSettings } from './settings';

export const trainingPictures = ({ train }: JobSettings): ShapesDataset => trainData(train);
export const claimPictures = ({ test }: JobSettings): ShapesDataset => shapes({ ...test, ...difficulty });
export const searchPictures = ({ search }: JobSettings): ShapesDataset =>
  shapes({ ...search, ...difficulty });

/** Quarters of a latent that nobody named. */
const QUARTERS = ['first', 'second', 'third', 'fourth'];

/**
 * Pictures labelled for one task: of the dataset, or a latent it was drawn from, in four bins that hold a quarter of
 * `training` each.
 */
export function labelledFor(task: NewTask, data: ShapesDataset, training: ShapesDataset): Dataset {
  const edges = task === 'x' || task === 'rotation' ? quartiles(task, training) : undefined;
  const description =
    edges === undefined
      ? (data.tasks.find(({ name }) => name === task) as ClassificationTask)
      : ({ name: task, type: 'classification', classes: QUARTERS } satisfies ClassificationTask);
  return {
    name: `${data.name} for ${task}`,
    size: data.size,
    imageShape: data.imageShape,
    tasks: [description],
    async read(indices) {
      const { size, images, labels } = await data.read(indices);
      if (edges === undefined) return { size, images, labels: { [task]: labels[task] as Int32Array } };
      const values = Array.from(indices, (index) => data.factors(index)[task as 'x' | 'rotation']);
      const bins = values.map((value) => edges.filter((edge) => value >= edge).length);
      return { size, images, labels: { [task]: Int32Array.from(bins) } };
    },
  };
}

/** Some training pictures of a new task: other ones for each seed, as far as they are enough. */
export function fewPictures(data: Dataset, count: number, seed: number): Dataset {
  const first = count * seed <= data.size ? count * (seed - 1) : 0;
  return subset(
    data,
    Array.from({ length: Math.min(count, data.size) }, (_, index) => first + index),
  );
}

function quartiles(latent: 'x' | 'rotation', data: ShapesDataset): number[] {
  const values = Float64Array.from({ length: data.size }, (_, index) => data.factors(index)[latent]).sort();
  return [0.25, 0.5, 0.75].map((share) => values[Math.floor(share * values.length)] as number);
}
