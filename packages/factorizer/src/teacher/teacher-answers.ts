import type { Tensor } from '@tensorflow/tfjs';
import type { Teacher } from './teacher';

/** What is used of a teacher's answers to some pictures, one row each. `dispose` of TensorFlow.js takes it whole. */
export type TeacherAnswers = {
  /** For each reading that was asked for, in order, by tap. */
  readings: Record<string, Tensor>[];
  /** By task, of a classification `[batch, classes]`. */
  logits: Record<string, Tensor>;
};

/** All tensors in one list: reading by reading each tap, then each task's logits. */
export function listAnswers({ readings, logits }: TeacherAnswers): Tensor[] {
  return [...readings.flatMap((taps) => Object.values(taps)), ...Object.values(logits)];
}

/** What {@link listAnswers} made a list of, `readings` of each tap. */
export function arrangeAnswers(
  { taps, tasks }: Pick<Teacher, 'taps' | 'tasks'>,
  readings: number,
  tensors: readonly Tensor[],
): TeacherAnswers {
  const named = (names: readonly string[], from: number) =>
    Object.fromEntries(names.map((name, index) => [name, tensors[from + index]]));
  return {
    readings: Array.from(
      { length: readings },
      (_, index) => named(taps, index * taps.length) as Record<string, Tensor>,
    ),
    logits: named(
      tasks.map(({ name }) => name),
      readings * taps.length,
    ) as Record<string, Tensor>,
  };
}
