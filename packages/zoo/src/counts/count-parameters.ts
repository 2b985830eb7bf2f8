import type { LayersModel } from '@tensorflow/tfjs';

/** The number of weights in a model, trainable or not: what its weight file holds. */
export function countParameters(model: LayersModel): number {
  return model.weights.reduce(
    (total, { shape }) => total + shape.reduce<number>((size, axis) => size * (axis as number), 1),
    0,
  );
}
