import { expectNoLeak } from '@factornet/core/testing';
import { scalar, type Tensor, tensor1d, tensor2d } from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import type { CheckpointStore, TrainingState } from '../training/checkpoint';

/**
 * What every checkpoint store has to hold, as a vitest suite on the current backend. `makeStore` is called
 * for each test and must give a store that is empty.
 *
 * @example
 * describeCheckpointStore('fileCheckpoint', () => fileCheckpoint(join(temporaryFolder(), 'run.safetensors')));
 */
export function describeCheckpointStore(
  name: string,
  makeStore: () => CheckpointStore | Promise<CheckpointStore>,
): void {
  const makeState = (completedSteps = 7): TrainingState => ({
    fingerprint: 'run "a" of ä',
    completedSteps,
    history: [{ epoch: 1, loss: 0.1 + 0.2, terms: { supervision: 1 / 3, bottleneck: -0 } }],
    running: { loss: Math.PI, terms: { supervision: 1e-300 } },
    tensors: new Map<string, Tensor>([
      [
        'variable-0',
        tensor2d([
          [0.1, -2],
          [1e-38, 3e38],
          [0, 5],
        ]),
      ],
      ['variable-1', scalar(0.7)],
      ['steps', tensor1d([1, -2, 3], 'int32')],
    ]),
  });
  const release = (state: TrainingState | undefined) => {
    for (const tensor of state?.tensors.values() ?? []) tensor.dispose();
  };
  const contents = async (state: TrainingState | undefined) => {
    if (state === undefined) return undefined;
    const tensors = await Promise.all(
      [...state.tensors].map(async ([key, tensor]) => [
        key,
        tensor.dtype,
        tensor.shape,
        [...(await tensor.data())],
      ]),
    );
    const { tensors: _, ...rest } = state;
    return { ...rest, tensors };
  };

  describe(`${name} as a checkpoint store`, () => {
    it('has nothing at first', async () => {
      const store = await makeStore();
      expect(await store.load()).toBeUndefined();
      await store.clear();
      expect(await store.load()).toBeUndefined();
    });

    it('gives back all it was given: numbers to the last digit, tensors in order', async () => {
      const store = await makeStore();
      const state = makeState();
      await store.save(state);
      const loaded = await store.load();
      const [received, expected] = [await contents(loaded), await contents(state)];
      // JSON has no −0.
      expect(JSON.stringify(received)).toBe(JSON.stringify(expected));
      release(loaded);
      release(state);
      await store.clear();
    });

    it('copies: the run goes on with its tensors, and whoever loads has tensors of their own', async () => {
      const store = await makeStore();
      const state = makeState();
      const expected = await contents(state);
      await store.save(state);
      release(state);
      release(await store.load());
      const loaded = await store.load();
      expect(JSON.stringify(await contents(loaded))).toBe(JSON.stringify(expected));
      release(loaded);
      await store.clear();
    });

    it('keeps the last state only', async () => {
      const store = await makeStore();
      for (const steps of [1, 2, 3]) {
        const state = makeState(steps);
        await store.save(state);
        release(state);
      }
      const loaded = await store.load();
      expect(loaded?.completedSteps).toBe(3);
      release(loaded);
      await store.clear();
      expect(await store.load()).toBeUndefined();
    });

    it('leaves no tensor behind', () =>
      expectNoLeak(async () => {
        const store = await makeStore();
        const state = makeState();
        await store.save(state);
        await store.save(state);
        release(state);
        release(await store.load());
        await store.clear();
      }));
  });
}
