import { type TaskDescription, UnknownTaskError } from '@factornet/spec';
import { gather, type Tensor2D } from '@tensorflow/tfjs';
import type { Teacher } from './teacher';

/** Where a factor's logits are among the teacher's: a whole task, or some columns of one. */
export interface TaskLogits {
  readonly task: TaskDescription;
  /** The teacher's logits for this task, `[batch, classes]`. */
  select(logits: Readonly<Record<string, Tensor2D>>): Tensor2D;
}

/**
 * Finds a task in a teacher: one of the same name and classes, or the label space it is a part of.
 *
 * @throws UnknownTaskError if the teacher knows neither
 */
export function findTaskLogits(teacher: Teacher, task: TaskDescription): TaskLogits {
  const whole = teacher.tasks.find((candidate) => candidate.name === task.name);
  if (whole !== undefined && sameClasses(whole.classes, task.classes)) {
    return { task, select: (logits) => logits[task.name]?.clone() as Tensor2D };
  }
  const space = task.labelSpace;
  const larger = teacher.tasks.find((candidate) => candidate.name === space?.name);
  if (space !== undefined && larger !== undefined && sameClasses(larger.classes, space.classes)) {
    const columns = Int32Array.from(space.indices);
    return { task, select: (logits) => gather(logits[space.name] as Tensor2D, columns, 1) };
  }
  throw new UnknownTaskError(
    { task: task.name, known: teacher.tasks.map((known) => known.name) },
    {
      hint:
        whole === undefined
          ? 'A factor needs a task of the teacher, or a subset of the classes of one.'
          : 'The teacher has a task of this name, but with other classes.',
    },
  );
}

function sameClasses(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((name, index) => name === other[index]);
}
