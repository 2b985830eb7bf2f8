import { memory } from '@tensorflow/tfjs';
import { expect } from 'vitest';

/** Runs `body` once to warm up and once more, and expects the second run to leave no tensor behind. */
export async function expectNoLeak(body: () => unknown): Promise<void> {
  await body();
  const before = memory();
  await body();
  const after = memory();
  expect(after.numTensors, 'tensors left behind').toBe(before.numTensors);
  expect(after.numDataBuffers, 'data buffers left behind').toBe(before.numDataBuffers);
}
