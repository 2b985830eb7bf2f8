import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WindowShapeError } from '../index';

let before: number;
beforeEach(async () => {
  await tf.setBackend('wasm');
  before = tf.memory().numTensors;
  tf.engine().startScope();
});

/** A trap or a write past the end would show in what comes next. */
afterEach(async () => {
  const next = tf.conv2d(
    tf.ones([1, 3, 3, 2]) as tf.Tensor4D,
    tf.ones([2, 2, 2, 1]) as tf.Tensor4D,
    1,
    'valid',
  );
  expect(Array.from(await next.add(1).data())).toEqual([9, 9, 9, 9]);
  tf.engine().endScope();
  expect(tf.memory().numTensors).toBe(before);
});

const ones = <R extends tf.Rank>(...shape: number[]) => tf.ones<R>(shape as never);
const four = (...shape: number[]) => ones<tf.Rank.R4>(...shape);
const five = (...shape: number[]) => ones<tf.Rank.R5>(...shape);
const run = (name: string, inputs: tf.NamedTensorMap, attributes: object) =>
  tf.engine().runKernel(name, inputs, attributes as never) as tf.Tensor;

describe('an output of size 0 is an empty tensor', () => {
  const cases: Record<string, [() => tf.Tensor | tf.Tensor[], number[]]> = {
    conv2d: [() => tf.conv2d(four(1, 5, 2, 3), four(3, 3, 3, 2), 1, 'valid'), [1, 3, 0, 2]],
    'conv2d with a stride': [
      () => tf.conv2d(four(1, 2, 5, 3), four(5, 3, 3, 2), [3, 3], 'valid'),
      [1, 0, 1, 2],
    ],
    'conv2d without pictures': [() => tf.conv2d(four(0, 5, 5, 3), four(3, 3, 3, 2), 1, 'same'), [0, 5, 5, 2]],
    'conv2d without filters': [() => tf.conv2d(four(1, 5, 5, 3), four(3, 3, 3, 0), 1, 'same'), [1, 5, 5, 0]],
    'conv2d, channels first': [
      () => tf.conv2d(four(1, 3, 5, 2), four(3, 3, 3, 2), 1, 'valid', 'NCHW'),
      [1, 2, 3, 0],
    ],
    depthwiseConv2d: [() => tf.depthwiseConv2d(four(1, 5, 2, 3), four(3, 3, 3, 2), 1, 'valid'), [1, 3, 0, 6]],
    separableConv2d: [
      () => tf.separableConv2d(four(1, 5, 2, 3), four(3, 3, 3, 2), four(1, 1, 6, 4), 1, 'valid'),
      [1, 3, 0, 4],
    ],
    'fused.conv2d': [
      () =>
        tf.fused.conv2d({
          x: four(1, 5, 2, 3),
          filter: four(3, 3, 3, 2),
          strides: 1,
          pad: 'valid',
          bias: tf.ones([2]),
          activation: 'relu',
        }),
      [1, 3, 0, 2],
    ],
    'fused.depthwiseConv2d': [
      () =>
        tf.fused.depthwiseConv2d({
          x: four(1, 5, 2, 3),
          filter: four(3, 3, 3, 1),
          strides: 1,
          pad: 'valid',
          activation: 'elu',
        }),
      [1, 3, 0, 3],
    ],
    conv3d: [() => tf.conv3d(five(1, 5, 2, 5, 3), five(3, 3, 3, 3, 2), 1, 'valid'), [1, 3, 0, 3, 2]],
    conv2dTranspose: [
      () => tf.conv2dTranspose(four(0, 5, 2, 3), four(3, 3, 2, 3), [0, 5, 2, 2], 1, 'same'),
      [0, 5, 2, 2],
    ],
    dilation2d: [() => tf.dilation2d(four(1, 5, 2, 3), ones<tf.Rank.R3>(3, 3, 3), 1, 'valid'), [1, 3, 0, 3]],
    maxPool: [() => tf.maxPool(four(1, 2, 2, 1), 3, 1, 'valid'), [1, 0, 0, 1]],
    avgPool: [() => tf.avgPool(four(1, 5, 2, 1), 3, 1, 'valid'), [1, 3, 0, 1]],
    'maxPool without channels': [() => tf.maxPool(four(1, 2, 2, 0), 2, 1, 'same'), [1, 2, 2, 0]],
    // TensorFlow.js makes no difference between volumes that are one too small and those that are more.
    'conv3d, far too small': [
      () => tf.conv3d(five(1, 5, 2, 5, 3), five(3, 5, 3, 3, 2), 1, 'valid'),
      [1, 3, 0, 3, 2],
    ],
    maxPool3d: [() => tf.maxPool3d(five(1, 2, 2, 2, 1), 3, 1, 'valid'), [1, 0, 0, 0, 1]],
    avgPool3d: [() => tf.avgPool3d(five(1, 2, 5, 2, 1), 3, 1, 'valid'), [1, 0, 3, 0, 1]],
    maxPoolWithArgmax: [
      () => Object.values(tf.maxPoolWithArgmax(four(1, 2, 2, 1), 3, 1, 'valid')),
      [1, 0, 0, 1],
    ],
  };

  it.each(Object.entries(cases))('%s', async (_, [compute, shape]) => {
    for (const output of [compute()].flat()) {
      expect(output.shape).toEqual(shape);
      expect((await output.data()).length).toBe(0);
    }
  });

  it('whose gradients are zeros', async () => {
    const computes = [
      (x: tf.Tensor, w: tf.Tensor) => tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, 1, 'valid'),
      (x: tf.Tensor, w: tf.Tensor) => tf.depthwiseConv2d(x as tf.Tensor4D, w as tf.Tensor4D, 1, 'valid'),
      (x: tf.Tensor, w: tf.Tensor) =>
        tf.dilation2d(
          x as tf.Tensor4D,
          w.reshape([3, 3, 6]).slice([0, 0, 0], [3, 3, 3]) as tf.Tensor3D,
          1,
          'valid',
        ),
      (x: tf.Tensor, w: tf.Tensor) => tf.maxPool(x as tf.Tensor4D, 3, 1, 'valid').mul(w.mean()),
      (x: tf.Tensor, w: tf.Tensor) => tf.avgPool(x as tf.Tensor4D, 3, 1, 'valid').mul(w.mean()),
    ];
    for (const compute of computes) {
      const gradients = tf.grads(compute)([four(1, 5, 2, 3), four(3, 3, 3, 2)]);
      expect(gradients.map(({ shape }) => shape)).toEqual([
        [1, 5, 2, 3],
        [3, 3, 3, 2],
      ]);
      for (const gradient of gradients)
        expect((await gradient.data()).every((value) => value === 0)).toBe(true);
    }
  });
});

describe('refused, with both shapes', () => {
  const image = () => four(1, 4, 4, 2);
  const filter = () => four(3, 3, 2, 2);
  const convolve = (
    strides: number | [number, number],
    pad: unknown,
    dilations: number | [number, number],
  ) => [
    () => tf.conv2d(image(), filter(), strides, pad as 'same', 'NHWC', dilations),
    () => tf.depthwiseConv2d(image(), filter(), strides, pad as 'same', 'NHWC', dilations),
    () => tf.fused.conv2d({ x: image(), filter: filter(), strides, pad: pad as 'same', dilations }),
    () => tf.fused.depthwiseConv2d({ x: image(), filter: filter(), strides, pad: pad as 'same', dilations }),
    () => tf.dilation2d(image(), ones<tf.Rank.R3>(3, 3, 2), strides, pad as 'same', dilations),
  ];
  const pool = (size: number | [number, number], strides: number | [number, number], pad: unknown) => [
    () => tf.maxPool(image(), size, strides, pad as 'same'),
    () => tf.avgPool(image(), size, strides, pad as 'same'),
    () => tf.maxPoolWithArgmax(image(), size, strides, pad as 'same'),
  ];

  it.each<[string, (() => unknown)[]]>([
    ['a dilation of 0', convolve(1, 'same', 0)],
    ['a dilation of 1.5', convolve(1, 'same', [1.5, 1])],
    ['a stride of 1.5', [...convolve(1.5, 'same', 1), ...pool(2, 1.5, 'same')]],
    ['a stride of 0', [...convolve([1, 0], 'same', 1), ...pool(2, 0, 'same')]],
    ['a stride below 0', [...convolve([1, -1], 'same', 1), ...pool(2, -1, 'valid')]],
    ['a stride that is no number', pool(2, Number.NaN, 'valid')],
    ['a padding below 0', [...convolve(1, -1, 1), ...pool(2, 1, -1)]],
    ['a padding of half a pixel', [...convolve(1, 0.5, 1), ...pool(2, 1, 0.5)]],
    ['a window of no pixel', pool(0, 1, 'same')],
    ['a window of half a pixel', pool([2, 1.5], 1, 'same')],
    ['a filter that is too large once dilated', convolve(1, 'valid', 3)],
    ['a window that is too large', pool(6, 1, 'valid')],
  ])('%s', (_, computes) => {
    for (const compute of computes) expect(compute).toThrow();
  });

  it.each<[string, () => unknown, number[], number[]]>([
    ['maxPool', () => tf.maxPool(four(1, 2, 2, 1), 5, 1, 'valid'), [1, 2, 2, 1], [5, 5]],
    ['conv2d', () => tf.conv2d(four(1, 2, 2, 3), four(5, 5, 3, 2), 1, 'valid'), [1, 2, 2, 3], [5, 5, 3, 2]],
    ['depth 0', () => tf.conv2d(four(1, 4, 4, 0), four(3, 3, 0, 2), 1, 'same'), [1, 4, 4, 0], [3, 3, 0, 2]],
    [
      'depth 0, depthwise',
      () => tf.depthwiseConv2d(four(1, 4, 4, 0), four(3, 3, 0, 2), 1, 'same'),
      [1, 4, 4, 0],
      [3, 3, 0, 2],
    ],
    [
      'a filter of no pixel',
      () => tf.conv2d(four(1, 4, 4, 2), four(0, 3, 2, 2), 1, 'same'),
      [1, 4, 4, 2],
      [0, 3, 2, 2],
    ],
    [
      'conv2dTranspose of less than the output needs',
      () => tf.conv2dTranspose(four(1, 2, 2, 3), four(3, 3, 2, 3), [1, 9, 9, 2], 2, 'valid'),
      [1, 9, 9, 2],
      [3, 3, 2, 3],
    ],
    [
      'a gradient of another shape',
      () =>
        run(
          'Conv2DBackpropFilter',
          { x: four(1, 4, 4, 2), dy: four(1, 2, 3, 2) },
          {
            strides: 1,
            pad: 'valid',
            dataFormat: 'NHWC',
            filterShape: [3, 3, 2, 2],
          },
        ),
      [1, 4, 4, 2],
      [3, 3, 2, 2],
    ],
  ])('%s', (_, compute, inputShape, filterShape) => {
    let error: unknown;
    try {
      compute();
    } catch (thrown) {
      error = thrown;
    }
    expect(WindowShapeError.isInstance(error)).toBe(true);
    expect(error).toMatchObject({ name: 'WindowShapeError', code: 'window-shape', inputShape, filterShape });
    expect((error as Error).message).toContain(`[${inputShape}]`);
    expect((error as Error).message).toContain(`[${filterShape}]`);
  });
});

describe('sizes rounded up', () => {
  it.each([4, 26])('are those of the windows, %i pixels wide', async (size) => {
    const x = four(1, size, size, 1);
    const w = four(3, 3, 1, 1);
    const last = Math.ceil((size - 3) / 2);
    const sums = Array.from({ length: (last + 1) ** 2 }, (_, at) => {
      const cells = [Math.floor(at / (last + 1)), at % (last + 1)].map((index) => (index === last ? 2 : 3));
      return (cells[0] as number) * (cells[1] as number);
    });
    if (size === 4) expect(sums).toEqual([9, 6, 6, 4]);
    const attributes = { strides: 2, pad: 0, dimRoundingMode: 'ceil' } as const;
    for (const y of [
      tf.conv2d(x, w, 2, 0, 'NHWC', 1, 'ceil'),
      tf.depthwiseConv2d(x, w, 2, 0, 'NHWC', 1, 'ceil'),
      ...(['linear', 'relu', 'elu'] as const).flatMap((activation) => [
        tf.fused.conv2d({ x, filter: w, ...attributes, activation }),
        tf.fused.depthwiseConv2d({ x, filter: w, ...attributes, activation }),
      ]),
    ]) {
      expect(Array.from(await y.data())).toEqual(sums);
    }
  });
});
