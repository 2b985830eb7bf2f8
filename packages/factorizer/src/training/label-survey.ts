import { checkLabels, type Dataset } from '@factornet/data';
import { labelEntropy } from '@factornet/mi';
import { InvalidOptionError, type TaskDescription } from '@factornet/spec';

export interface LabelSurvey {
  /** All labels by task, for tasks that the dataset labels. */
  readonly labels: Readonly<Record<string, Int32Array>>;
  /** H(y) in nats by task; for tasks without labels log(classes), its upper bound. */
  readonly entropy: Readonly<Record<string, number>>;
}

/**
 * Reads every label once, before any time is spent on training.
 *
 * @throws LabelOutOfRangeError
 * @throws InvalidOptionError if the dataset numbers other classes than the task does
 */
export async function surveyLabels(
  dataset: Dataset,
  tasks: readonly TaskDescription[],
  batchSize = 1024,
): Promise<LabelSurvey> {
  const labels: Record<string, Int32Array> = {};
  const entropy: Record<string, number> = {};
  for (const { name, classes } of tasks) {
    entropy[name] = Math.log(classes.length);
  }
  const labelled = tasks.filter((task) => isLabelled(dataset, task));
  for (const { name } of labelled) labels[name] = new Int32Array(dataset.size);
  for (let start = 0; start < dataset.size; start += batchSize) {
    const length = Math.min(batchSize, dataset.size - start);
    const indices = Int32Array.from({ length }, (_, index) => start + index);
    const batch = await dataset.read(indices);
    for (const task of labelled) checkLabels(task, batch.labels[task.name] as Int32Array, indices);
    for (const [task, all] of Object.entries(labels)) all.set(batch.labels[task] as Int32Array, start);
  }
  for (const task of tasks) {
    const values = labels[task.name];
    if (values === undefined) continue;
    entropy[task.name] = labelEntropy(values, task.classes.length);
  }
  return { labels, entropy };
}

function isLabelled(dataset: Dataset, { name, classes }: TaskDescription): boolean {
  const given = dataset.tasks.find((task) => task.name === name);
  if (given === undefined) return false;
  if (given.classes.join('\n') === classes.join('\n')) return true;
  throw new InvalidOptionError({
    option: 'data',
    expected: `labelled with the classes of the task "${name}": ${classes.join(', ')}`,
    received: given.classes.join(', '),
  });
}
