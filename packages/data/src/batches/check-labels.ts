import { type ClassificationTask, MISSING_LABEL } from '@factornet/spec';
import { LabelOutOfRangeError } from '@factornet/spec/training';

/**
 * Checks that every label is a class index of the task, or `MISSING_LABEL` (−1).
 *
 * @param indices where the examples sit in their dataset, for the message. Default: 0, 1, 2, …
 * @throws LabelOutOfRangeError naming the task, the label, the number of classes and the example
 * @example
 * for (const task of dataset.tasks) checkLabels(task, batch.labels[task.name], indices);
 */
export function checkLabels(
  { name: task, classes }: ClassificationTask,
  labels: ArrayLike<number>,
  indices?: ArrayLike<number>,
): void {
  for (let position = 0; position < labels.length; position++) {
    const label = labels[position] as number;
    const valid = Number.isInteger(label) && label >= 0 && label < classes.length;
    if (valid || label === MISSING_LABEL) continue;
    const index = indices?.[position] ?? position;
    throw new LabelOutOfRangeError({ task, label, classes: classes.length, index });
  }
}
