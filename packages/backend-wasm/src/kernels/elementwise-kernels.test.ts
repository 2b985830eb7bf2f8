import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { expectSameAsCpu, runOn, seededTensor } from '../testing/on-both-backends';

describe('arithmetic with one number per channel', () => {
  it.each([
    [[8, 16, 16, 8], [8]],
    [
      [8, 16, 16, 3],
      [1, 1, 1, 3],
    ],
    [[4099, 2], [2]],
    [
      [700, 30],
      [1, 30],
    ],
    [[5000, 1], [1]],
    [[4096], [4096]],
  ])('agrees with the CPU backend for %j and %j', async (shape, vector) => {
    await expectSameAsCpu(() => {
      const x = seededTensor(shape, 1);
      const v = seededTensor(vector, 2);
      return [tf.add(x, v), tf.add(v, x), tf.sub(x, v), tf.sub(v, x), tf.mul(x, v), tf.mul(v, x)];
    }, 1e-6);
  });

  it('agrees with the CPU backend on whole numbers', async () => {
    await expectSameAsCpu(() => {
      const x = tf.range(0, 8192, 1, 'int32').reshape([1024, 8]);
      return [tf.add(x, tf.range(0, 8, 1, 'int32')).toFloat(), tf.mul(x, tf.range(0, 8)).toFloat()];
    });
  });
});

describe('batchNorm', () => {
  it('agrees with the CPU backend, with and without offset and scale', async () => {
    await expectSameAsCpu(() => {
      const x = seededTensor([4, 16, 16, 8], 1).mul(3).add(5);
      const [mean, variance, offset, scale] = [2, 3, 4, 5].map((seed) => seededTensor([8], seed).abs()) as [
        tf.Tensor1D,
        tf.Tensor1D,
        tf.Tensor1D,
        tf.Tensor1D,
      ];
      return [
        tf.batchNorm(x, mean, variance, offset, scale),
        tf.batchNorm(x, mean, variance),
        tf.batchNorm(x, mean, variance, undefined, scale),
        tf.batchNorm(x, mean, variance, offset),
      ];
    }, 1e-5);
  });
});

describe('clones', () => {
  it('share the data of the original and outlive it', async () => {
    const [copy, cast, whole] = await runOn('wasm', () => {
      const x = tf.tensor1d([1.5, 2.5, 3.5]);
      const copies = [x.clone(), tf.cast(x, 'float32'), tf.cast(x, 'int32').toFloat()];
      x.dispose();
      return copies;
    });
    expect(Array.from(copy?.values ?? [])).toEqual([1.5, 2.5, 3.5]);
    expect(Array.from(cast?.values ?? [])).toEqual([1.5, 2.5, 3.5]);
    expect(Array.from(whole?.values ?? [])).toEqual([1, 2, 3]);
  });

  it('keep their numbers when a variable moves on', async () => {
    const [before, after] = await runOn('wasm', () => {
      const variable = tf.variable(tf.tensor1d([1, 2]));
      const copy = variable.clone();
      variable.assign(tf.tensor1d([3, 4]));
      const current = variable.clone();
      variable.dispose();
      return [copy, current];
    });
    expect(Array.from(before?.values ?? [])).toEqual([1, 2]);
    expect(Array.from(after?.values ?? [])).toEqual([3, 4]);
  });

  it('of strings are still copied', async () => {
    await tf.setBackend('wasm');
    const words = tf.tensor1d(['ab', 'c']);
    const copy = words.clone();
    expect(await copy.data()).toEqual(['ab', 'c']);
    tf.dispose([words, copy]);
  });
});
