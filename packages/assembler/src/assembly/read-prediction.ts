import { withScope } from '@factornet/core';
import { concat1d, type Tensor } from '@tensorflow/tfjs';
import type { TaskPrediction } from './assembly';

/** The values of several tensors, e.g. logits `[batch, classes]`, read at once: a round trip to a GPU takes longer than a head. */
export async function readLogits(logits: readonly Tensor[]): Promise<Float32Array[]> {
  if (logits.length === 0) return [];
  return withScope(async (scope) => {
    const flat = logits.map((each) => scope.keep(each.as1D()));
    const values = await scope.keep(concat1d(flat)).data<'float32'>();
    let start = 0;
    return logits.map(({ size }) => {
      start += size;
      return values.slice(start - size, start);
    });
  });
}

/** Reads logits, `[batch * classes]`, as class names, probabilities and numbers. */
export function readPrediction<Classes extends readonly string[]>(
  logits: Float32Array,
  classes: Classes,
): TaskPrediction<Classes> {
  const probabilities = new Float32Array(logits.length);
  const indices = new Int32Array(logits.length / classes.length);
  for (let picture = 0; picture < indices.length; picture++) {
    const start = picture * classes.length;
    const row = logits.subarray(start, start + classes.length);
    const likeliest = row.reduce((best, value, index) => (value > (row[best] as number) ? index : best), 0);
    const powers = Array.from(row, (value) => Math.exp(value - (row[likeliest] as number)));
    const total = powers.reduce((sum, power) => sum + power, 0);
    powers.forEach((power, index) => {
      probabilities[start + index] = power / total;
    });
    indices[picture] = likeliest;
  }
  const labels = Array.from(indices, (index) => classes[index] as string);
  return { classes, labels, indices, probabilities, logits };
}
