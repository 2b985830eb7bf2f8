import { type Dataset, matchTasks, noteAbsentClasses, splitDataset } from '@factornet/data';
import { ShapeMismatchError, UnknownTaskError } from '@factornet/spec';
import type { Work } from '../../context';
import { openData, tellNotes } from '../../data/data-spec';

export interface TrainAndTestFlags {
  readonly data: string;
  readonly testData?: string;
  readonly taskName: string;
  readonly limit?: number;
  readonly holdout?: number;
  readonly seed: number;
}

/**
 * What a teacher is trained and what it is measured on: `--data` and `--test-data`, whose classes are matched by name,
 * or two parts of `--data`. Says which classes have no example, and refuses before training what cannot be measured.
 *
 * @throws UnknownTaskError if the test pictures are not labelled for a task
 * @throws ShapeMismatchError if they have another size
 * @throws InvalidOptionError if they have a class that the training pictures do not
 */
export async function openTrainAndTest(
  { data, testData, taskName, limit, holdout = 0.2, seed }: TrainAndTestFlags,
  log: Work['log'],
): Promise<{ train: Dataset; test: Dataset }> {
  const all = await openData(data, { taskName, limit, seed });
  tellNotes('--data', all, log);
  if (testData !== undefined) {
    const test = await openTest(testData, taskName, all);
    tellNotes('--test-data', test, log);
    return { train: all, test };
  }
  const parts = splitDataset(all, { train: 1 - holdout, test: holdout }, seed);
  for (const [part, what] of [
    [parts.train, 'To train on'],
    [parts.test, 'To measure on'],
  ] as const) {
    const notes = await noteAbsentClasses(part);
    tellNotes(what, { notes: notes.filter((note) => !all.notes?.includes(note)) }, log);
  }
  return parts;
}

async function openTest(spec: string, taskName: string, train: Dataset): Promise<Dataset> {
  const test = matchTasks(await openData(spec, { taskName }), train.tasks);
  const missing = train.tasks.find(({ name }) => test.tasks.every((task) => task.name !== name));
  if (missing !== undefined) {
    throw new UnknownTaskError(
      { task: missing.name, known: test.tasks.map(({ name }) => name) },
      { hint: '--test-data must be labelled for every task of --data.' },
    );
  }
  if (test.imageShape.join() !== train.imageShape.join()) {
    const [expected, received] = [[...train.imageShape], [...test.imageShape]];
    throw new ShapeMismatchError({ what: 'the pictures of --test-data', expected, received });
  }
  return test;
}
