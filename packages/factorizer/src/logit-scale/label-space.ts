import type { TaskDescription } from '@factornet/spec';
import { isClassification } from '@factornet/spec/training';
import type { Teacher } from '../teacher/teacher';

/** A task's classes among all of a label space that a teacher tells apart. */
export interface TaughtLabelSpace {
  /** Of the teacher's task. */
  readonly name: string;
  /** In the whole space. */
  readonly classes: number;
  /** `indices[i]` is the position of the task's class `i`. */
  readonly indices: readonly number[];
}

/** The label space of a task, if the teacher's logits cover all of it. */
export function taughtLabelSpace(
  teacher: Pick<Teacher, 'tasks'>,
  { labelSpace }: TaskDescription,
): TaughtLabelSpace | undefined {
  const whole = teacher.tasks.filter(isClassification).find(({ name }) => name === labelSpace?.name);
  if (labelSpace === undefined || whole?.classes.join('\n') !== labelSpace.classes.join('\n'))
    return undefined;
  return { name: labelSpace.name, classes: labelSpace.classes.length, indices: labelSpace.indices };
}
