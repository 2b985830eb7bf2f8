import {
  ColumnStore,
  type Dataset,
  eachBatch,
  type LabelValues,
  matchTasks,
  writeLabels,
} from '@factornet/data';
import { kindOf } from '@factornet/spec/internal';
import { dispose, type Tensor } from '@tensorflow/tfjs';
import type { TrainableTaskKind } from '../kinds/trainable-task-kind';
import { trainableTaskKinds } from '../kinds/trainable-task-kinds';
import { askTeacher } from '../teacher/ask-teacher';
import type { Teacher } from '../teacher/teacher';

/**
 * The score per task that the dataset labels: of a classification the share of right answers. Its classes are matched with
 * the teacher's by name.
 *
 * @throws InvalidOptionError for a class that the teacher's task does not have
 * @throws CancelledError on `signal`
 */
export async function measureTeacher(
  teacher: Teacher,
  given: Dataset,
  { kinds = trainableTaskKinds, signal }: { kinds?: readonly TrainableTaskKind[]; signal?: AbortSignal } = {},
): Promise<Record<string, number>> {
  const data = matchTasks(given, teacher.tasks, kinds);
  const tasks = teacher.tasks.filter(({ name }) => data.tasks.some((task) => task.name === name));
  const columns = new ColumnStore(data.size);
  const labels: Record<string, LabelValues> = {};
  await eachBatch(data, { operation: 'evaluate', signal }, async ({ images, examples, indices, start }) => {
    writeLabels(labels, data, examples, indices);
    const { logits } = await askTeacher(teacher, [], images, kinds);
    const measured = tasks.map(({ name }) => [name, (logits[name] as Tensor).clone()] as const);
    dispose(logits);
    await columns.take(start, Object.fromEntries(measured));
  });
  return Object.fromEntries(
    tasks.map((task) => {
      const own = labels[task.name] as LabelValues;
      return [task.name, kindOf(task, kinds).measure(task, columns.matrix(task.name), own)];
    }),
  );
}
