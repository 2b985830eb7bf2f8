import * as tf from '@tensorflow/tfjs';
import { expect } from 'vitest';
import '../index';

/** Numbers in [-1, 1) from a seed (mulberry32), so that a failing case can be run again. */
export function seededValues(count: number, seed: number): Float32Array {
  let state = seed >>> 0;
  return Float32Array.from({ length: count }, () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 31 - 1;
  });
}

/** A tensor of seeded values on the current backend. */
export function seededTensor<R extends tf.Rank>(shape: number[], seed: number): tf.Tensor<R> {
  return tf.tensor(seededValues(tf.util.sizeFromShape(shape), seed), shape as tf.ShapeMap[R], 'float32');
}

export interface Outcome {
  shape: number[];
  values: Float32Array;
}

/** Runs on one backend, and checks that nothing but the returned values is left behind. */
export async function runOn(backend: 'cpu' | 'wasm', compute: () => tf.Tensor[]): Promise<Outcome[]> {
  await tf.setBackend(backend);
  const before = { ...tf.memory(), dataIds: tf.engine().backend.numDataIds() };
  const tensors = tf.tidy(compute);
  const outcomes: Outcome[] = [];
  for (const tensor of tensors) {
    outcomes.push({ shape: tensor.shape, values: Float32Array.from(await tensor.data()) });
    tensor.dispose();
  }
  expect(tf.memory().numTensors, 'tensors left behind').toBe(before.numTensors);
  expect(tf.memory().numDataBuffers, 'data left behind').toBe(before.numDataBuffers);
  expect(tf.engine().backend.numDataIds(), 'data ids left behind').toBe(before.dataIds);
  return outcomes;
}

/** Largest difference relative to the largest expected magnitude; infinite for another shape or NaN. */
export function relativeDifference(actual: Outcome, expected: Outcome): number {
  if (actual.shape.join() !== expected.shape.join()) return Number.POSITIVE_INFINITY;
  let scale = 1e-3;
  let difference = 0;
  expected.values.forEach((value, index) => {
    scale = Math.max(scale, Math.abs(value));
    const distance = Math.abs(value - (actual.values[index] as number));
    difference = Number.isNaN(distance) ? Number.POSITIVE_INFINITY : Math.max(difference, distance);
  });
  return difference / scale;
}

/** Expects the same numbers from the WASM and the CPU backend, and no leak on either. */
export async function expectSameAsCpu(compute: () => tf.Tensor[], tolerance = 1e-4): Promise<void> {
  const expected = await runOn('cpu', compute);
  const actual = await runOn('wasm', compute);
  expect(actual.length).toBe(expected.length);
  actual.forEach((outcome, index) => {
    expect(relativeDifference(outcome, expected[index] as Outcome), `output ${index}`).toBeLessThan(
      tolerance,
    );
  });
}
