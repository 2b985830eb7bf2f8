import type { TaskDescription } from '@factornet/spec';
import { kindOf } from '@factornet/spec/internal';
import type { Dataset, Labels } from '../dataset';
import type { LabelledTaskKind } from '../kinds/labelled-task-kind';
import { labelledTaskKinds } from '../kinds/labelled-task-kinds';
import { readLabels } from './read-labels';
import { withLabels } from './with-labels';
import { withNotes } from './with-notes';

/**
 * The same examples, labelled as `tasks` mean it: of a classification, with classes numbered by name as they number them.
 * Two folders of pictures number the same classes differently as soon as one lacks a class, so whoever brings data and a
 * network, or two datasets, together does it through this.
 *
 * Classes that only `tasks` know have no example, which `notes` say. Tasks of other names stay as they are.
 *
 * @throws InvalidOptionError for a class that the task of the same name in `tasks` does not have
 * @throws InvalidOptionError for a task of a kind that `kinds` do not have
 * @throws LabelOutOfRangeError when a label is read that is none of the dataset's own classes
 * @example
 * const test = matchTasks(await imageFolder('test'), train.tasks);
 */
export function matchTasks(
  dataset: Dataset,
  tasks: readonly TaskDescription[],
  kinds: readonly LabelledTaskKind[] = labelledTaskKinds,
): Dataset {
  const matches = new Map(
    dataset.tasks.flatMap((own) => {
      const wanted = tasks.find(({ name }) => name === own.name);
      const match = wanted && kindOf(wanted, kinds).matchLabels(own, wanted);
      return match === undefined ? [] : [[own.name, { wanted, ...match }] as const];
    }),
  );
  if (matches.size === 0) return dataset;
  const convert = (labels: Labels, indices: ArrayLike<number>): Labels =>
    Object.fromEntries(
      Object.entries(labels).map(([task, values]) => [
        task,
        matches.get(task)?.convert(values, indices) ?? values,
      ]),
    );
  const matched: Dataset = {
    name: dataset.name,
    size: dataset.size,
    imageShape: dataset.imageShape,
    tasks: dataset.tasks.map((task) => matches.get(task.name)?.wanted ?? task),
    ...(dataset.notes && { notes: dataset.notes }),
    async read(indices) {
      const batch = await dataset.read(indices);
      return { ...batch, labels: convert(batch.labels, indices) };
    },
  };
  const labels: Dataset['labels'] = async (indices) => convert(await readLabels(dataset, indices), indices);
  const notes = [...matches.values()].flatMap((match) => match.notes);
  return withNotes(withLabels(matched, dataset.labels && labels), notes);
}
