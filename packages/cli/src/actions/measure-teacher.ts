import { type Dataset, imagesTensor } from '@factornet/data';
import type { Teacher } from '@factornet/factorizer';
import { MISSING_LABEL } from '@factornet/spec';
import { dispose, type Tensor, tidy } from '@tensorflow/tfjs';

const BATCH_SIZE = 128;

/** Share of right answers per task, over the examples that have a label. */
export async function measureTeacher(teacher: Teacher, data: Dataset): Promise<Record<string, number>> {
  const right: Record<string, number> = {};
  const labelled: Record<string, number> = {};
  for (let start = 0; start < data.size; start += BATCH_SIZE) {
    const length = Math.min(BATCH_SIZE, data.size - start);
    const batch = await data.read(Int32Array.from({ length }, (_, index) => start + index));
    const answers = tidy(() => {
      const { logits } = teacher.evaluate(imagesTensor(batch, data.imageShape));
      return teacher.tasks.map(({ name }) => (logits[name] as Tensor).argMax(1));
    });
    for (const [index, { name }] of teacher.tasks.entries()) {
      const predicted = await (answers[index] as Tensor).data();
      for (const [position, label] of (batch.labels[name] ?? new Int32Array()).entries()) {
        if (label === MISSING_LABEL) continue;
        labelled[name] = (labelled[name] ?? 0) + 1;
        right[name] = (right[name] ?? 0) + (predicted[position] === label ? 1 : 0);
      }
    }
    dispose(answers);
  }
  return Object.fromEntries(
    Object.entries(labelled).map(([name, count]) => [name, (right[name] ?? 0) / count]),
  );
}
