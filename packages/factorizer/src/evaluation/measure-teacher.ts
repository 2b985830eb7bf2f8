import { type Dataset, eachBatch, matchClasses } from '@factornet/data';
import { accuracy } from '@factornet/metrics';
import { dispose, type Tensor, tidy } from '@tensorflow/tfjs';
import { askTeacher } from '../teacher/ask-teacher';
import type { Teacher } from '../teacher/teacher';

/**
 * Share of right answers per task that the dataset labels. Its classes are matched with the teacher's by name.
 *
 * @throws InvalidOptionError for a class that the teacher's task does not have
 * @throws CancelledError on `signal`
 */
export async function measureTeacher(
  teacher: Teacher,
  given: Dataset,
  { signal }: { signal?: AbortSignal } = {},
): Promise<Record<string, number>> {
  const data = matchClasses(given, teacher.tasks);
  const tasks = teacher.tasks.filter(({ name }) => data.tasks.some((task) => task.name === name));
  const columns = () => Object.fromEntries(tasks.map(({ name }) => [name, new Int32Array(data.size)]));
  const [predicted, labels] = [columns(), columns()];
  await eachBatch(data, { operation: 'evaluate', signal }, async ({ images, examples, start }) => {
    const { logits } = await askTeacher(teacher, [], images);
    const answers = tidy(() => tasks.map(({ name }) => (logits[name] as Tensor).argMax(1)));
    dispose(logits);
    for (const [index, { name }] of tasks.entries()) {
      predicted[name]?.set(await (answers[index] as Tensor).data<'int32'>(), start);
      labels[name]?.set(examples.labels[name] as Int32Array, start);
    }
    dispose(answers);
  });
  return Object.fromEntries(
    tasks.map(({ name }) => [name, accuracy(predicted[name] as Int32Array, labels[name] as Int32Array)]),
  );
}
