import type { ClassificationTask, TaskDescription } from '@factornet/spec';
import { isClassification } from '@factornet/spec/training';
import { gather } from '@tensorflow/tfjs';
import type { TaughtOutputs } from '../trainable-task-kind';

/** A teacher's task of the same name and classes, or the columns of the label space that it is a part of. */
export function taughtClasses(
  { name, classes, labelSpace: space }: ClassificationTask,
  tasks: readonly TaskDescription[],
): TaughtOutputs | undefined {
  const find = (wanted: string | undefined, names: readonly string[] | undefined) =>
    tasks.some(
      (task) => task.name === wanted && isClassification(task) && sameNames(task.classes, names ?? []),
    );
  if (find(name, classes)) return { task: name, select: (logits) => logits.clone() };
  if (space === undefined || !find(space.name, space.classes)) return undefined;
  const columns = Int32Array.from(space.indices);
  return { task: space.name, select: (logits) => gather(logits, columns, 1) };
}

function sameNames(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((name, index) => name === other[index]);
}
