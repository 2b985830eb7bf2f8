import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { describe, it } from 'vitest';
import '../index';
import { seededTensor } from '../testing/seeded-tensor';
import { checkParity } from './check-parity';
import { valueAndGradients } from './parity-case';

const size = (max: number, min = 1) => fc.integer({ min, max });
const shape = fc.array(size(5), { minLength: 1, maxLength: 4 });

/** A failing property prints its seed and path; run it again with `{ seed, path }`. */
function holds<Values extends unknown[]>(arbitraries: { [At in keyof Values]: fc.Arbitrary<Values[At]> }) {
  return (run: (...values: Values) => tf.Tensor[], numRuns = 60) =>
    fc.assert(
      fc.asyncProperty(...(arbitraries as [fc.Arbitrary<unknown>]), (...values) =>
        checkParity({ name: 'property', run: () => run(...(values as unknown as Values)) }),
      ),
      { numRuns },
    );
}

describe('on random shapes, WASM as the CPU backend', () => {
  it('pools', () =>
    holds<[number[], number[], number[], 'same' | 'valid', boolean]>([
      fc.tuple(size(3), size(8, 3), size(8, 3), size(5)),
      fc.tuple(size(3), size(3)),
      fc.tuple(size(3), size(3)),
      fc.constantFrom('same', 'valid'),
      fc.boolean(),
    ])((input, filter, strides, pad, largest) =>
      valueAndGradients(
        (x: tf.Tensor4D) =>
          (largest ? tf.maxPool : tf.avgPool)(
            x,
            filter as [number, number],
            strides as [number, number],
            pad,
          ),
        seededTensor<tf.Rank.R4>(input, 1),
      ),
    ));

  it('reduces', () =>
    holds<[number[], number, boolean, 'sum' | 'mean' | 'max' | 'min']>([
      shape,
      fc.nat(3),
      fc.boolean(),
      fc.constantFrom('sum', 'mean', 'max', 'min'),
    ])((dimensions, axis, keep, reduce) =>
      valueAndGradients(
        (x: tf.Tensor) => x[reduce](axis % dimensions.length, keep),
        seededTensor(dimensions, 1),
      ),
    ));

  it('multiplies, adds and divides with broadcasting', () =>
    holds<[number[], boolean[], 'add' | 'sub' | 'mul' | 'div']>([
      shape,
      fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
      fc.constantFrom('add', 'sub', 'mul', 'div'),
    ])((dimensions, isOne, operation) =>
      valueAndGradients(
        (a: tf.Tensor, b: tf.Tensor) => a[operation](b),
        seededTensor(dimensions, 1),
        seededTensor(
          dimensions.map((length, axis) => (isOne[axis] ? 1 : length)),
          2,
        )
          .abs()
          .add(0.5),
      ),
    ));

  it('gathers', () =>
    holds<[number[], number, number[]]>([shape, fc.nat(3), fc.array(fc.nat(99), { maxLength: 6 })])(
      (dimensions, axis, picks) => {
        const along = axis % dimensions.length;
        const indices = picks.map((pick) => pick % (dimensions[along] as number));
        return valueAndGradients(
          (x: tf.Tensor) => tf.gather(x, tf.tensor1d(indices, 'int32'), along),
          seededTensor(dimensions, 1),
        );
      },
    ));

  it('multiplies matrices', () =>
    holds<[number, number, number, number, boolean, boolean]>([
      size(3),
      size(20),
      size(20),
      size(20),
      fc.boolean(),
      fc.boolean(),
    ])((batch, rows, depth, columns, left, right) =>
      valueAndGradients(
        (a: tf.Tensor, b: tf.Tensor) => tf.matMul(a, b, left, right),
        seededTensor([batch, ...(left ? [depth, rows] : [rows, depth])], 1),
        seededTensor([batch, ...(right ? [columns, depth] : [depth, columns])], 2),
      ),
    ));

  it('convolves depthwise', () =>
    holds<[number[], number[], number, number, 'same' | 'valid']>([
      fc.tuple(size(3), size(8, 3), size(8, 3), size(9)),
      fc.tuple(size(3), size(3)),
      size(3),
      size(3),
      fc.constantFrom('same', 'valid'),
    ])((input, filter, multiplier, stride, pad) =>
      valueAndGradients(
        (x: tf.Tensor4D, w: tf.Tensor4D) => tf.depthwiseConv2d(x, w, stride, pad),
        seededTensor<tf.Rank.R4>(input, 1),
        seededTensor<tf.Rank.R4>([...filter, input[3] as number, multiplier], 2),
      ),
    ));
});
