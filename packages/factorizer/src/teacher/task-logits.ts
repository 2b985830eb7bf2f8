import { type TaskDescription, UnknownTaskError } from '@factornet/spec';
import type { Tensor } from '@tensorflow/tfjs';
import type { TrainableTaskKind } from '../kinds/trainable-task-kind';
import type { Teacher } from './teacher';

/** Where a factor's logits are among the teacher's. */
export interface TaskLogits {
  /** The teacher's logits for this task, as the factor's: a tensor of its own. */
  select(logits: Readonly<Record<string, Tensor>>): Tensor;
}

/**
 * Finds a task in a teacher, as its kind does: of a classification one of the same name and classes, or the label space it
 * is a part of.
 *
 * @throws UnknownTaskError if the teacher does not know it
 */
export function findTaskLogits(
  teacher: Pick<Teacher, 'tasks'>,
  task: TaskDescription,
  kind: TrainableTaskKind,
): TaskLogits {
  const taught = kind.taughtBy(task, teacher.tasks);
  if (taught !== undefined) return { select: (logits) => taught.select(logits[taught.task] as Tensor) };
  const [facts] = Object.keys(kind.facts(task));
  throw new UnknownTaskError(
    { task: task.name, known: teacher.tasks.map((known) => known.name) },
    {
      hint: teacher.tasks.some(({ name }) => name === task.name)
        ? `The teacher has a task of this name, but with other ${facts}.`
        : `A factor needs a task of the teacher, or a subset of the ${facts} of one.`,
    },
  );
}
