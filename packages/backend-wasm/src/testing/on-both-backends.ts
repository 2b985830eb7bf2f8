import * as tf from '@tensorflow/tfjs';
import { expect } from 'vitest';
import '../index';

export { seededTensor, seededValues } from './seeded-tensor';

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
