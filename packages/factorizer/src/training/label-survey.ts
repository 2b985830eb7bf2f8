import { type Dataset, type Labels, type LabelValues, matchTasks, readLabels } from '@factornet/data';
import type { TaskDescription } from '@factornet/spec';
import { kindOf } from '@factornet/spec/internal';
import type { TrainableTaskKind } from '../kinds/trainable-task-kind';
import { trainableTaskKinds } from '../kinds/trainable-task-kinds';

export interface LabelSurvey {
  /** All labels by task, for tasks that the dataset labels. */
  readonly labels: Labels;
  /** H(y) in nats by task; for tasks without labels what their kind knows of it, log(classes) of a classification. */
  readonly entropy: Readonly<Record<string, number>>;
}

/**
 * Reads every label once, before any time is spent on training, and no picture where the dataset knows its labels
 * without. Classes count as the tasks number them.
 *
 * @throws LabelOutOfRangeError, InvalidOptionError for a label that the task's kind does not take
 * @throws InvalidOptionError if the dataset has classes that the task of the same name does not
 */
export async function surveyLabels(
  dataset: Dataset,
  tasks: readonly TaskDescription[],
  kinds: readonly TrainableTaskKind[] = trainableTaskKinds,
): Promise<LabelSurvey> {
  const labelled = tasks.filter(({ name }) => dataset.tasks.some((task) => task.name === name));
  const all = labelled.length === 0 ? {} : await readLabels(matchTasks(dataset, tasks, kinds));
  const labels: Record<string, LabelValues> = {};
  for (const task of labelled) {
    const values = all[task.name] as LabelValues;
    kindOf(task, kinds).checkLabels(task, values);
    labels[task.name] = values;
  }
  const entropy = tasks.map((task) => [task.name, kindOf(task, kinds).labelEntropy(task, labels[task.name])]);
  return { labels, entropy: Object.fromEntries(entropy) };
}
