import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import '../index';
import { seededTensor } from '../testing/seeded-tensor';

beforeAll(async () => {
  await tf.setBackend('wasm');
});

/**
 * ⟨gradient, v⟩ against (⟨f(x + hv), dy⟩ − ⟨f(x − hv), dy⟩) / 2h for a random v, input by input. The inputs are
 * a shuffled grid, so that no maximum changes within h.
 */
async function expectSlopes(
  compute: (...xs: tf.Tensor[]) => tf.Tensor,
  ...shapes: number[][]
): Promise<void> {
  const h = 1 / 64;
  const pairs = tf.tidy(() => {
    const inputs = shapes.map((shape, index) => shuffledGrid(shape, index + 1));
    const dy = seededTensor(compute(...inputs).shape, 9);
    const gradients = tf.grads(compute)(inputs, dy);
    return gradients.flatMap((gradient, index) => {
      const v = seededTensor(gradient.shape, 20 + index);
      const along = (step: number) =>
        compute(...inputs.map((x, at) => (at === index ? x.add(v.mul(step)) : x)))
          .mul(dy)
          .sum();
      return [
        gradient.mul(v).sum(),
        along(h)
          .sub(along(-h))
          .div(2 * h),
      ];
    });
  });
  for (let at = 0; at < pairs.length; at += 2) {
    const [slope, expected] = await Promise.all(pairs.slice(at, at + 2).map((tensor) => tensor.data()));
    expect(Math.abs((slope?.[0] as number) - (expected?.[0] as number)), `input ${at / 2}`).toBeLessThan(
      2e-3 * Math.max(1, Math.abs(expected?.[0] as number)),
    );
  }
  tf.dispose(pairs);
}

function shuffledGrid(shape: number[], seed: number): tf.Tensor {
  const size = tf.util.sizeFromShape(shape);
  const order = tf.topk(seededTensor([size], seed), size).indices;
  return order
    .toFloat()
    .sub(size / 2)
    .div(16)
    .reshape(shape);
}

const roundings = ['floor', 'round', 'ceil'] as const;
const image = [2, 6, 7, 3];

describe.each(roundings)('the gradients of a size rounded by %s', (rounding) => {
  it.each([0, 1])('of convolutions, padding %i', async (pad) => {
    await expectSlopes(
      (x, w) => tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, 3, pad, 'NHWC', 1, rounding),
      image,
      [2, 2, 3, 4],
    );
    await expectSlopes(
      (x, w) => tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, 3, pad, 'NCHW', 1, rounding),
      [2, 3, 6, 7],
      [2, 2, 3, 4],
    );
    await expectSlopes(
      (x, w) => tf.depthwiseConv2d(x as tf.Tensor4D, w as tf.Tensor4D, 3, pad, 'NHWC', 1, rounding),
      image,
      [2, 2, 3, 2],
    );
  });

  it('of convolutions with an explicit padding', async () => {
    const pad: [number, number][] = [
      [0, 0],
      [1, 0],
      [0, 2],
      [0, 0],
    ];
    await expectSlopes(
      (x, w) => tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, [3, 2], pad as never, 'NHWC', 1, rounding),
      image,
      [2, 3, 3, 4],
    );
  });

  it('of fused convolutions', async () => {
    const attributes = { strides: 2, pad: 0, dimRoundingMode: rounding } as const;
    await expectSlopes(
      (x, filter, bias) =>
        tf.fused.conv2d({ x: x as tf.Tensor4D, filter: filter as tf.Tensor4D, bias, ...attributes }),
      image,
      [3, 3, 3, 4],
      [4],
    );
    await expectSlopes(
      (x, filter, bias) =>
        tf.fused.depthwiseConv2d({ x: x as tf.Tensor4D, filter: filter as tf.Tensor4D, bias, ...attributes }),
      image,
      [3, 3, 3, 2],
      [6],
    );
  });

  it.each([0, 1])('of maxima, padding %i', async (pad) => {
    await expectSlopes((x) => tf.maxPool(x as tf.Tensor4D, 3, 2, pad, rounding), image);
    await expectSlopes((x) => tf.maxPool(x as tf.Tensor4D, 4, 3, pad, rounding), image);
    await expectSlopes((x) => tf.maxPool3d(x as tf.Tensor5D, 3, 2, pad, rounding), [1, 4, 5, 6, 2]);
  });

  it('of averages', async () => {
    await expectSlopes((x) => tf.avgPool(x as tf.Tensor4D, 3, 2, 0, rounding), image);
    await expectSlopes((x) => tf.avgPool(x as tf.Tensor4D, 4, 3, 0, rounding), [2, 6, 7, 6]);
    await expectSlopes((x) => tf.avgPool3d(x as tf.Tensor5D, 3, 2, 0, rounding), [1, 4, 5, 6, 2]);
  });
});
