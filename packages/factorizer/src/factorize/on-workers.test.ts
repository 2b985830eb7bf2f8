import { useBackend } from '@factornet/core';
import { CancelledError } from '@factornet/spec';
import { convolutional } from '@factornet/zoo';
import { memory } from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TrainingOptions } from '../index';
import type { Teacher } from '../teacher/teacher';
import { trainTeacher } from '../teacher/train-teacher';
import { memoryCheckpoint } from '../testing/memory-checkpoint';
import { taskNamed, tinyData, tinyInput, tinyTeacher, tinyTeacherModel, weightBytes } from '../testing/tiny';
import { factorNetworks, networksOf, tinyRun, tinyRunData, tinyTasks } from '../testing/tiny-run';
import { disposeFactorization, type Factorization } from './factorization';
import { factorize } from './factorize';
import { trainFactor } from './train-factor';

const tasks = tinyTasks.map((name) => taskNamed(tinyData(1), name));
let teacher: Teacher;
beforeAll(async () => {
  await useBackend('wasm');
  ({ teacher } = await tinyTeacher(tasks));
});
afterAll(() => teacher.dispose());

/** Without BatchNorm, a step does not depend on how the batch is cut. */
const unnormalized = { strides: 2, normalization: 'none' } as const;

async function run(options: Partial<TrainingOptions>) {
  const result = await factorize({
    ...tinyRun(teacher),
    common: convolutional({ filters: [4, 8], features: 6, ...unnormalized }),
    specific: convolutional({ filters: [4], features: 5, ...unnormalized }),
    ...options,
  });
  return { result, weights: floats(await weightBytes(...networksOf(result))) };
}

const floats = (bytes: readonly Uint8Array[]) => bytes.map((one) => new Float32Array(one.slice().buffer));

/** Largest difference, as a share of the largest number. */
function difference(one: readonly Float32Array[], other: readonly Float32Array[]): number {
  const pairs = one.flatMap((values, index) =>
    Array.from(values, (value, i) => [value, other[index]?.[i] as number] as const),
  );
  const scale = Math.max(...pairs.map(([value]) => Math.abs(value)));
  return Math.max(...pairs.map(([value, received]) => Math.abs(value - received))) / scale;
}

describe('on worker threads', () => {
  it('factorize takes the steps of one thread, up to rounding, and leaves nothing behind', async () => {
    const before = memory().numTensors;
    const [alone, shared] = [await run({}), await run({ workers: 2 })];
    expect(difference(alone.weights, shared.weights)).toBeLessThan(2e-3);
    alone.result.history.forEach(({ loss, terms }, epoch) => {
      const received = (shared.result as Factorization).history[epoch];
      expect(received?.loss).toBeCloseTo(loss, 3);
      for (const [name, value] of Object.entries(terms)) expect(received?.terms[name]).toBeCloseTo(value, 2);
    });
    disposeFactorization(alone.result);
    disposeFactorization(shared.result);
    expect(memory().numTensors).toBe(before);
  });

  it('trains factors at once, each on a thread of its own, to the bits that trainFactor gives in this one', async () => {
    const before = memory().numTensors;
    const specific = {
      picture: convolutional({ filters: [3], strides: 4 }),
      'block-1': convolutional({ filters: [3], strides: 2 }),
    };
    const shared = { teacher, data: tinyRunData(), specific, epochs: 1, batchSize: 16, seed: 2 };
    const made = await factorize({
      ...shared,
      common: convolutional({ filters: [4, 8], pooling: 'flatten', features: 6, strides: 2 }),
      workers: 2,
    });
    expect(Object.keys(made.factors)).toEqual(tasks.map(({ name }) => name));
    for (const task of tasks) {
      const { factor } = await trainFactor({ ...shared, common: made.common, task });
      const own = made.factors[task.name] as typeof factor;
      const [alone, apart] = [factorNetworks(factor), factorNetworks(own)];
      expect(await weightBytes(...apart)).toEqual(await weightBytes(...alone));
      for (const network of alone) network.dispose();
    }
    disposeFactorization(made);
    expect(memory().numTensors).toBe(before);
  });

  it('a stopped run goes on from its checkpoint, bit by bit, BatchNorm included', async () => {
    const whole = await factorize({ ...tinyRun(teacher), workers: 2 });
    const expected = await weightBytes(...networksOf(whole));
    const checkpoint = memoryCheckpoint();
    const controller = new AbortController();
    let steps = 0;
    const stopped = factorize({
      ...tinyRun(teacher),
      workers: 2,
      checkpoint: () => checkpoint,
      signal: controller.signal,
      onProgress: (event) => {
        if (event.type === 'step' && ++steps === 4) controller.abort();
      },
    });
    await expect(stopped).rejects.toSatisfy(CancelledError.isInstance);
    const resumed = await factorize({ ...tinyRun(teacher), workers: 2, checkpoint: () => checkpoint });
    expect(await weightBytes(...networksOf(resumed))).toEqual(expected);
    disposeFactorization(whole);
    disposeFactorization(resumed);
  });

  it('trainFactor and trainTeacher take steps, too', async () => {
    const { result } = await run({ epochs: 1 });
    const common = result.common;
    const frozen = await weightBytes(common.network);
    const task = tasks[0] as (typeof tasks)[number];
    const specific = convolutional({ filters: [4], features: 5, ...unnormalized });
    const options = { common, task, specific, data: tinyRunData(), epochs: 1, batchSize: 16 };
    const [one, two] = [await trainFactor(options), await trainFactor({ ...options, workers: 2 })];
    const [alone, shared] = await Promise.all(
      [one, two].map(async ({ factor }) => floats(await weightBytes(...factorNetworks(factor)))),
    );
    expect(difference(alone as Float32Array[], shared as Float32Array[])).toBeLessThan(2e-3);
    expect(await weightBytes(common.network)).toEqual(frozen);

    const model = tinyTeacherModel(tasks);
    const data = tinyRunData();
    const history = await trainTeacher({
      model,
      input: tinyInput,
      tasks,
      data,
      epochs: 4,
      batchSize: 16,
      workers: 2,
    });
    expect(history.at(-1)?.loss).toBeLessThan(history[0]?.loss as number);
    model.dispose();
    disposeFactorization(result);
    for (const { factor } of [one, two]) for (const network of factorNetworks(factor)) network.dispose();
  });
});
