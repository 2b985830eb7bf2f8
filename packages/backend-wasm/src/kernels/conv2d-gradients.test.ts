import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectSameAsCpu, runOn, seededTensor } from '../testing/on-both-backends';

type Pad = 'same' | 'valid' | number;

/**
 * Explicit padding as a list. As a number it only works for square filters and strides:
 * TensorFlow.js 4.22's `computeConv2DInfo` then takes the output's width from the height's filter and
 * stride, and the stock forward kernel on WASM writes past the end of its output.
 */
const border = (pad: Pad): 'same' | 'valid' | tf.backend_util.ExplicitPadding =>
  typeof pad === 'number'
    ? [
        [0, 0],
        [pad, pad],
        [pad, pad],
        [0, 0],
      ]
    : pad;

interface Case {
  input: [number, number, number, number];
  filter: [number, number, number];
  strides: [number, number];
  pad: 'same' | 'valid' | tf.backend_util.ExplicitPadding;
}

/** Output, input gradient and filter gradient of a convolution, weighted by fixed numbers. */
function convolutionGradients({ input, filter, strides, pad }: Case): tf.Tensor[] {
  const [height, width, outChannels] = filter;
  const x = seededTensor<tf.Rank.R4>(input, 1);
  const w = seededTensor<tf.Rank.R4>([height, width, input[3], outChannels], 2);
  const y = tf.conv2d(x, w, strides, pad);
  const dy = seededTensor<tf.Rank.R4>(y.shape, 3);
  const gradients = tf.grads((a, b) => tf.conv2d(a as tf.Tensor4D, b as tf.Tensor4D, strides, pad))(
    [x, w],
    dy,
  );
  return [y, ...gradients];
}

const filters: [number, number][] = [
  [1, 1],
  [2, 2],
  [3, 3],
  [5, 5],
  [1, 4],
  [3, 2],
];
const strideChoices: [number, number][] = [
  [1, 1],
  [2, 2],
  [3, 3],
  [1, 2],
  [3, 1],
];
const images: [number, number, number, number][] = [
  [1, 1, 1, 1],
  [1, 7, 5, 3],
  [2, 8, 8, 4],
  [5, 4, 9, 2],
];
const grid: Case[] = images.flatMap((input) =>
  filters.flatMap(([height, width]) =>
    strideChoices.flatMap((strides) =>
      (['same', 'valid', 1] as Pad[]).flatMap((pad): Case[] => {
        const extra = typeof pad === 'number' ? 2 * pad : 0;
        const fits = pad === 'same' || (height <= input[1] + extra && width <= input[2] + extra);
        return fits ? [{ input, filter: [height, width, 5], strides, pad: border(pad) }] : [];
      }),
    ),
  ),
);

describe('gradients of conv2d', () => {
  it(`agrees with the CPU backend on a grid of ${grid.length} cases`, async () => {
    for (const example of grid) {
      await expectSameAsCpu(() => convolutionGradients(example)).catch((error: Error) => {
        throw new Error(`${JSON.stringify(example)}: ${error.message}`);
      });
    }
  });

  it.each<[string, Case]>([
    [
      'a filter larger than the input',
      { input: [2, 2, 3, 3], filter: [7, 5, 4], strides: [1, 1], pad: 'same' },
    ],
    ['a larger filter, strided', { input: [2, 3, 2, 3], filter: [5, 7, 4], strides: [2, 2], pad: 'same' }],
    ['a 1×1 filter at stride 2', { input: [3, 6, 6, 8], filter: [1, 1, 16], strides: [2, 2], pad: 'valid' }],
    [
      'padding wider than the filter',
      { input: [2, 4, 4, 2], filter: [2, 2, 3], strides: [1, 1], pad: border(3) },
    ],
    ['wide padding with stride', { input: [2, 5, 4, 2], filter: [2, 2, 3], strides: [2, 3], pad: border(4) }],
    [
      'uneven explicit padding',
      {
        input: [2, 5, 6, 3],
        filter: [3, 3, 4],
        strides: [2, 1],
        pad: [
          [0, 0],
          [2, 0],
          [0, 3],
          [0, 0],
        ],
      },
    ],
    ['many channels', { input: [8, 4, 4, 40], filter: [3, 3, 33], strides: [1, 1], pad: 'same' }],
    [
      'a batch that is no multiple of 4',
      { input: [7, 8, 8, 3], filter: [5, 5, 8], strides: [2, 2], pad: 'same' },
    ],
  ])('agrees with the CPU backend for %s', async (_, example) => {
    await expectSameAsCpu(() => convolutionGradients(example));
  });

  it('agrees with the CPU backend on random cases', async () => {
    const size = (max: number) => fc.integer({ min: 1, max });
    await fc.assert(
      fc.asyncProperty(
        fc.tuple(size(6), size(9), size(9), size(6)),
        fc.tuple(size(4), size(4), size(9)),
        fc.tuple(size(3), size(3)),
        fc.constantFrom<Pad>('same', 'valid', 0, 1, 2),
        async (input, filter, strides, pad) => {
          const extra = typeof pad === 'number' ? 2 * pad : 0;
          fc.pre(pad === 'same' || (filter[0] <= input[1] + extra && filter[1] <= input[2] + extra));
          await expectSameAsCpu(() => convolutionGradients({ input, filter, strides, pad: border(pad) }));
        },
      ),
      { numRuns: 150 },
    );
  });

  it('gives zeros for an empty batch', async () => {
    const [, dx, dw] = await runOn('wasm', () => {
      const dy = tf.tensor4d([], [0, 4, 4, 3]);
      const x = tf.tensor4d([], [0, 4, 4, 2]);
      const w = seededTensor<tf.Rank.R4>([3, 3, 2, 3], 1);
      const attributes = { strides: 1, pad: 'same' as const, dataFormat: 'NHWC' as const };
      return [
        dy.clone(),
        tf
          .engine()
          .runKernel('Conv2DBackpropInput', { dy, filter: w }, { ...attributes, inputShape: x.shape }),
        tf.engine().runKernel('Conv2DBackpropFilter', { x, dy }, { ...attributes, filterShape: w.shape }),
      ] as tf.Tensor[];
    });
    expect(dx?.shape).toEqual([0, 4, 4, 2]);
    expect(dw?.shape).toEqual([3, 3, 2, 3]);
    expect(dw?.values.every((value) => value === 0)).toBe(true);
  });

  it.each([2, 3])('knows dilation %i, as a filter with holes', async (dilation) => {
    const holes = (w: tf.Tensor4D) => {
      const [height, width, inChannels, outChannels] = w.shape;
      const rows = tf.pad(w.reshape([height, 1, width, inChannels * outChannels]), [
        [0, 0],
        [0, dilation - 1],
        [0, 0],
        [0, 0],
      ]);
      const cells = tf.pad(rows.reshape([height * dilation, width, 1, inChannels * outChannels]), [
        [0, 0],
        [0, 0],
        [0, dilation - 1],
        [0, 0],
      ]);
      return cells
        .reshape([height * dilation, width * dilation, inChannels, outChannels])
        .slice([0, 0], [(height - 1) * dilation + 1, (width - 1) * dilation + 1]) as tf.Tensor4D;
    };
    const x = () => seededTensor<tf.Rank.R4>([3, 9, 8, 3], 1);
    const w = () => seededTensor<tf.Rank.R4>([3, 2, 3, 4], 2);
    for (const pad of ['same', 'valid'] as const) {
      const gradients = await runOn('wasm', () =>
        tf.grads((a, b) => tf.conv2d(a as tf.Tensor4D, b as tf.Tensor4D, 1, pad, 'NHWC', dilation).square())([
          x(),
          w(),
        ]),
      );
      const expected = await runOn('cpu', () =>
        tf.grads((a, b) => tf.conv2d(a as tf.Tensor4D, holes(b as tf.Tensor4D), 1, pad).square())([x(), w()]),
      );
      gradients.forEach((outcome, index) => {
        expect(outcome.shape).toEqual(expected[index]?.shape);
        outcome.values.forEach((value, at) => {
          expect(value).toBeCloseTo(expected[index]?.values[at] as number, 3);
        });
      });
    }
  });
});
