import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import '../index';
import { seededTensor } from '../testing/seeded-tensor';

const resizes = {
  resizeBilinear: tf.image.resizeBilinear,
  resizeNearestNeighbor: tf.image.resizeNearestNeighbor,
};

describe.each(Object.entries(resizes))('the gradient of %s', (_, resize) => {
  // Resampling is linear, so its gradient is its adjoint: ⟨resize(x), dy⟩ = ⟨x, gradient(dy)⟩.
  it.each([
    [[8, 10], false],
    [[7, 4], true],
    [[2, 3], false],
    [[1, 1], true],
    [[9, 2], false],
  ] as [[number, number], boolean][])(
    'is its adjoint: 4×5 to %j, corners aligned: %s',
    async (size, aligned) => {
      await tf.setBackend('wasm');
      const before = tf.memory().numTensors;
      const [forward, backward] = tf.tidy(() => {
        const x = seededTensor<tf.Rank.R4>([3, 4, 5, 2], 1);
        const compute = (image: tf.Tensor) => resize(image as tf.Tensor4D, size, aligned);
        const y = compute(x);
        const dy = seededTensor(y.shape, 2);
        return [y.mul(dy).sum(), tf.grad(compute)(x, dy).mul(x).sum()] as const;
      });
      expect((await backward.data())[0]).toBeCloseTo((await forward.data())[0] as number, 4);
      tf.dispose([forward, backward]);
      expect(tf.memory().numTensors).toBe(before);
    },
  );
});
