import { type Tensor2D, tensor2d } from '@tensorflow/tfjs';

/** One-hot rows `[batch, classes]`; a row of zeros where the label is missing. */
export function oneHotTargets(labels: ArrayLike<number>, classes: number): Tensor2D {
  const values = new Float32Array(labels.length * classes);
  for (let index = 0; index < labels.length; index++) {
    const label = labels[index] as number;
    if (label >= 0) values[index * classes + label] = 1;
  }
  return tensor2d(values, [labels.length, classes]);
}
