import * as tf from '@tensorflow/tfjs';
import type { ParityCase } from './parity-case';

interface Outcome {
  shape: number[];
  dtype: string;
  values: ArrayLike<number>;
}

/**
 * Runs a case on both backends.
 *
 * @throws Error when a number differs, or when a tensor, a buffer or a data id is left behind
 */
export async function checkParity(parityCase: ParityCase): Promise<void> {
  const expected = await outcomesOn('cpu', parityCase);
  const actual = await outcomesOn('wasm', parityCase);
  if (actual.length !== expected.length) {
    throw new Error(`expected ${expected.length} outputs, got ${actual.length}`);
  }
  expected.forEach((outcome, index) => {
    compare(actual[index] as Outcome, outcome, parityCase.tolerance ?? 1e-4, `output ${index}`);
  });
}

async function outcomesOn(backend: 'cpu' | 'wasm', { run }: ParityCase): Promise<Outcome[]> {
  await tf.setBackend(backend);
  if (backend === 'wasm') poisonHeap();
  const before = counts();
  const engine = tf.engine();
  engine.startScope();
  const outcomes: Outcome[] = [];
  try {
    for (const tensor of await run()) {
      outcomes.push({ shape: tensor.shape, dtype: tensor.dtype, values: await tensor.data() });
    }
  } finally {
    engine.endScope();
  }
  const after = counts();
  if (after.join() !== before.join()) {
    throw new Error(`left behind on ${backend}: ${before} tensors, buffers, data ids became ${after}`);
  }
  return outcomes;
}

/** Freed memory full of NaN: a kernel that reads what it did not write shows. A fresh heap would give it zeros. */
function poisonHeap(): void {
  tf.tidy(() => {
    // Several of each: the allocator keeps small pieces in bins by size.
    for (let size = 4; size <= 262_144; size *= 2) {
      for (let copy = 0; copy < 4; copy++) tf.fill([size], Number.NaN);
    }
  });
}

function counts(): number[] {
  const { numTensors, numDataBuffers } = tf.memory();
  return [numTensors, numDataBuffers, tf.engine().backend.numDataIds()];
}

function compare(actual: Outcome, expected: Outcome, tolerance: number, what: string): void {
  if (actual.shape.join() !== expected.shape.join() || actual.dtype !== expected.dtype) {
    throw new Error(
      `${what}: expected ${expected.dtype} [${expected.shape}], got ${actual.dtype} [${actual.shape}]`,
    );
  }
  let scale = 1e-3;
  for (let index = 0; index < expected.values.length; index++) {
    const magnitude = Math.abs(expected.values[index] as number);
    if (Number.isFinite(magnitude)) scale = Math.max(scale, magnitude);
  }
  for (let index = 0; index < expected.values.length; index++) {
    const wanted = expected.values[index] as number;
    const got = actual.values[index] as number;
    if (Object.is(wanted, got) || Math.abs(wanted - got) <= tolerance * scale) continue;
    if (wanted === got) continue;
    throw new Error(`${what}: expected ${wanted} at ${index} of [${expected.shape}], got ${got}`);
  }
}
