import { InvalidOptionError, type TaskDescription } from '@factornet/spec';
import { checkLabels } from '../batches/check-labels';
import type { Dataset, Labels } from '../dataset';
import { list, noteAbsent } from './absent-classes';
import { readLabels } from './read-labels';
import { withLabels } from './with-labels';
import { withNotes } from './with-notes';

/**
 * The same examples with the classes of each task numbered as `tasks` number them: by name. Two folders of pictures
 * number the same classes differently as soon as one lacks a class, so whoever brings data and a network, or two
 * datasets, together does it through this.
 *
 * Classes that only `tasks` know have no example, which `notes` say. Tasks of other names stay as they are.
 *
 * @throws InvalidOptionError for a class that the task of the same name in `tasks` does not have
 * @throws LabelOutOfRangeError when a label is read that is none of the dataset's own classes
 * @example
 * const test = matchClasses(await imageFolder('test'), train.tasks);
 */
export function matchClasses(dataset: Dataset, tasks: readonly TaskDescription[]): Dataset {
  const matches = dataset.tasks.flatMap((own) => {
    const wanted = tasks.find(({ name }) => name === own.name);
    return wanted === undefined || sameClasses(own, wanted) ? [] : [match(own, wanted)];
  });
  if (matches.length === 0) return dataset;
  const matchFor = (task: string) => matches.find(({ own }) => own.name === task);
  const rename = (labels: Labels, indices: ArrayLike<number>): Labels =>
    Object.fromEntries(
      Object.entries(labels).map(([task, values]) => {
        const found = matchFor(task);
        if (found === undefined) return [task, values];
        checkLabels(found.own, values, indices);
        return [task, values.map((label) => found.renumbered[label] ?? label)];
      }),
    );
  const matched: Dataset = {
    name: dataset.name,
    size: dataset.size,
    imageShape: dataset.imageShape,
    tasks: dataset.tasks.map((task) => matchFor(task.name)?.wanted ?? task),
    ...(dataset.notes && { notes: dataset.notes }),
    async read(indices) {
      const batch = await dataset.read(indices);
      return { ...batch, labels: rename(batch.labels, indices) };
    },
  };
  const labels: Dataset['labels'] = async (indices) => rename(await readLabels(dataset, indices), indices);
  const notes = matches.flatMap(({ note }) => note);
  return withNotes(withLabels(matched, dataset.labels && labels), notes);
}

function match(own: TaskDescription, wanted: TaskDescription) {
  const unknown = own.classes.filter((name) => !wanted.classes.includes(name));
  if (unknown.length > 0) {
    throw new InvalidOptionError(
      {
        option: 'data',
        expected: `labelled with classes of the task "${own.name}" only (${list(wanted.classes, 40)})`,
        received: unknown,
      },
      { hint: 'Classes are matched by name, so rename what means the same, and leave out what is another.' },
    );
  }
  return {
    own,
    wanted,
    renumbered: Int32Array.from(own.classes, (name) => wanted.classes.indexOf(name)),
    note: noteAbsent(
      own.name,
      wanted.classes.filter((name) => !own.classes.includes(name)),
    ),
  };
}

function sameClasses({ classes: one }: TaskDescription, { classes: other }: TaskDescription): boolean {
  return one.length === other.length && one.every((name, index) => name === other[index]);
}
