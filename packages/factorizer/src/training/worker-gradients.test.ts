import { useBackend } from '@factornet/core';
import { expectNoLeak } from '@factornet/core/testing';
import { WorkerFailedError } from '@factornet/spec/training';
import {
  dispose,
  input,
  type LayersModel,
  layers,
  model,
  randomNormal,
  type SymbolicTensor,
  type Tensor,
  type Variable,
} from '@tensorflow/tfjs';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { gradientsHere, type NetworkGradients } from './network-gradients';
import { openGradients } from './worker-gradients';

function network(): LayersModel {
  const x = input({ shape: [3] });
  return model({ inputs: x, outputs: layers.dense({ units: 2 }).apply(x) as SymbolicTensor });
}

/** The bytes of one network's gradients of `mean(output²)`. */
async function take(gradients: NetworkGradients, trained: LayersModel, x: Tensor) {
  const variables = trained.trainableWeights.map((weight) => weight.read() as Variable);
  const { value, grads } = await gradients.take(
    [[x]],
    ([output]) => (output as Tensor).square().mean(),
    variables,
  );
  const values = await Promise.all(variables.map(({ name }) => (grads[name] as Tensor).data()));
  dispose([value, grads] as never);
  return values;
}

describe('openGradients', () => {
  beforeAll(() => useBackend('wasm'));
  beforeEach(() => useBackend('wasm'));

  it.each([0, 2.5, -1, Number.NaN, 'all' as 'auto'])('refuses %s workers', async (workers) => {
    await expect(openGradients([], { workers, batchSize: 4 })).rejects.toMatchObject({
      code: 'invalid-option',
      option: 'workers',
    });
  });

  it('refuses several workers on a backend that has none, where auto stays in this thread', async () => {
    await useBackend('cpu');
    await expect(openGradients([], { workers: 2, batchSize: 4 })).rejects.toThrow(
      /workers must be 1 or 'auto', since .* "wasm" .* current one is "cpu"/,
    );
    const trained = network();
    const x = randomNormal([4, 3], 0, 1, 'float32', 1);
    const auto = await openGradients([trained], { workers: 'auto', batchSize: 4 });
    expect(await take(auto, trained, x)).toEqual(await take(gradientsHere([trained]), trained, x));
    await auto.dispose();
    dispose(x);
    trained.dispose();
  });

  it('gives the gradients of this thread, on two workers, and leaves nothing behind', () =>
    expectNoLeak(async () => {
      const trained = network();
      const x = randomNormal([5, 3], 0, 1, 'float32', 1);
      const gradients = await openGradients([trained], { workers: 2, batchSize: 5 });
      const [expected, received] = [
        await take(gradientsHere([trained]), trained, x),
        await take(gradients, trained, x),
      ];
      expected.forEach((values, index) => {
        values.forEach((value, i) => {
          expect(received[index]?.[i]).toBeCloseTo(value, 5);
        });
      });
      await gradients.dispose();
      dispose(x);
      trained.dispose();
    }));

  it('tells that a worker died, with a typed error', async () => {
    // Twice the rows that went in: no shard of a batch.
    const x = input({ shape: [3] });
    const doubled = layers.concatenate({ axis: 0 }).apply([x, x]) as SymbolicTensor;
    const outputs = layers.dense({ units: 2 }).apply(doubled) as SymbolicTensor;
    const trained = model({ inputs: x, outputs });
    const gradients = await openGradients([trained], { workers: 2, batchSize: 4 });
    const images = randomNormal([4, 3]);
    const error = await take(gradients, trained, images).catch((caught: unknown) => caught);
    expect(WorkerFailedError.isInstance(error)).toBe(true);
    expect(error).toMatchObject({ code: 'worker-failed' });
    expect((error as Error).message).toMatch(/Training stopped: worker \d failed: .*one row per example/);
    await gradients.dispose();
    dispose(images);
    trained.dispose();
  });
});
