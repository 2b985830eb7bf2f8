import { checkLabels, type Dataset, matchClasses, readLabels } from '@factornet/data';
import { labelEntropy } from '@factornet/mi';
import type { TaskDescription } from '@factornet/spec';

export interface LabelSurvey {
  /** All labels by task, for tasks that the dataset labels. */
  readonly labels: Readonly<Record<string, Int32Array>>;
  /** H(y) in nats by task; for tasks without labels log(classes), its upper bound. */
  readonly entropy: Readonly<Record<string, number>>;
}

/**
 * Reads every label once, before any time is spent on training, and no picture where the dataset knows its labels
 * without. Classes count as the tasks number them.
 *
 * @throws LabelOutOfRangeError
 * @throws InvalidOptionError if the dataset has classes that the task of the same name does not
 */
export async function surveyLabels(
  dataset: Dataset,
  tasks: readonly TaskDescription[],
): Promise<LabelSurvey> {
  const labels: Record<string, Int32Array> = {};
  const entropy: Record<string, number> = {};
  for (const { name, classes } of tasks) {
    entropy[name] = Math.log(classes.length);
  }
  const labelled = tasks.filter(({ name }) => dataset.tasks.some((task) => task.name === name));
  if (labelled.length === 0) return { labels, entropy };
  const all = await readLabels(matchClasses(dataset, tasks));
  for (const task of labelled) {
    const values = all[task.name] as Int32Array;
    checkLabels(task, values);
    labels[task.name] = values;
    entropy[task.name] = labelEntropy(values, task.classes.length);
  }
  return { labels, entropy };
}
