import { withScope } from '@factornet/core';
import type { Tensor2D } from '@tensorflow/tfjs';
import type { TaskPrediction } from './assembly';

/** Reads logits `[batch, classes]` as class names, probabilities and numbers. */
export async function readPrediction(logits: Tensor2D, classes: readonly string[]): Promise<TaskPrediction> {
  return withScope(async (scope) => {
    const likeliest = scope.keep(logits.argMax(1));
    const softmax = scope.keep(logits.softmax());
    const [values, probabilities, indices] = await Promise.all([
      logits.data<'float32'>(),
      softmax.data<'float32'>(),
      likeliest.data<'int32'>(),
    ]);
    const labels = Array.from(indices, (index) => classes[index] as string);
    return { classes, labels, indices, probabilities, logits: values };
  });
}
