import { useBackend } from '@factornet/core';
import { fillHeap } from '@factornet/core/testing';
import { adam, adamW, onlyKernels } from '@factornet/core/training';
import {
  backend,
  type LayersModel,
  layers,
  memory,
  ones,
  type Scalar,
  sequential,
  type Tensor,
  tensor1d,
  variable,
} from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { statisticVariables, trainableVariables } from '../networks/variables';
import { memoryCheckpoint } from '../testing/memory-checkpoint';
import { gradientsHere, type NetworkOutput } from './network-gradients';
import { takeStep } from './take-step';
import { type TrainOptions, train } from './train';

beforeAll(async () => {
  await useBackend('wasm');
});

function network(): LayersModel {
  return sequential({
    layers: [
      layers.conv2d({ inputShape: [32, 32, 8], filters: 16, kernelSize: 3, strides: 2, useBias: false }),
      layers.batchNormalization({}),
      layers.activation({ activation: 'relu' }),
      layers.flatten({}),
      layers.dense({ units: 16 }),
    ],
  });
}

function prepared(remembered?: { assign(next: Tensor): void; add(value: number): Tensor }) {
  const inputs = ones([8, 32, 32, 8]);
  return {
    inputs: [[inputs]],
    compute(outputs: NetworkOutput[]) {
      remembered?.assign(remembered.add(1));
      const loss = (outputs[0] as Tensor).square().mean() as Scalar;
      return { loss, terms: { loss } };
    },
    dispose: () => inputs.dispose(),
  };
}

describe('a step that finds no room', () => {
  it('leaves every weight, statistic, moment and what terms remember, wherever it fails', async () => {
    const model = network();
    const variables = trainableVariables(model);
    const statistics = statisticVariables(model);
    const remembered = variable(tensor1d([0]));
    const running = adamW({ decays: onlyKernels }).create(variables);
    const step = () =>
      takeStep(
        prepared(remembered as never),
        { variables, statistics, termState: [remembered], gradients: gradientsHere([model]) },
        5,
        (gradient) => running.apply(gradient, 0.01),
      );
    const everything = () => [...variables, ...statistics, remembered, ...running.state().values()];
    // Bytes as text: thousands of numbers are compared at once.
    const read = async () =>
      Promise.all(
        everything().map(async (tensor) => Buffer.from((await tensor.data()).buffer).toString('base64')),
      );
    await step();
    const before = await read();
    const counts = { ...memory(), dataIds: backend().numDataIds() };
    let failures = 0;
    for (let left = 2 ** 20; ; left += 2 ** 18) {
      const empty = fillHeap(left);
      const error = await step().catch((caught: unknown) => caught);
      empty();
      if (!(error instanceof Error)) break;
      failures += 1;
      expect(error, `${left} bytes`).toMatchObject({ code: 'heap-full' });
      expect(
        (await read()).every((bytes, index) => bytes === before[index]),
        `${left} bytes`,
      ).toBe(true);
      expect({ ...memory(), dataIds: backend().numDataIds() }).toMatchObject(counts);
    }
    // Up to the update itself.
    expect(failures).toBeGreaterThan(10);
    expect(await read()).not.toEqual(before);
  });
});

describe('training that is broken off', () => {
  const options = (model: LayersModel, change: Partial<TrainOptions>): TrainOptions => ({
    operation: 'fit',
    variables: trainableVariables(model),
    statistics: statisticVariables(model),
    gradients: gradientsHere([model]),
    examples: 32,
    batchSize: 8,
    epochs: 3,
    seed: 1,
    optimizer: adam(),
    fingerprint: 'fit',
    prepare: async () => prepared(),
    ...change,
  });

  it.each([
    [
      'an error that is not ours',
      () => {
        throw new TypeError('a plug-in');
      },
      /a plug-in/,
    ],
    [
      'a trap',
      () =>
        (
          backend() as unknown as { wasm: { asm: { dynCall_jiji(...values: number[]): void } } }
        ).wasm.asm.dynCall_jiji(0, 0, 0, 0, 0),
      /nothing it holds is to be trusted/,
    ],
  ])('saves nothing after %s', async (_name, breakOff, message) => {
    const model = network();
    const kept = memoryCheckpoint();
    let saves = 0;
    const run = train(
      options(model, {
        checkpoint: {
          ...kept,
          save: async (state) => {
            saves += 1;
            await kept.save(state);
          },
        },
        prepare: async (_indices, key) => {
          const step = prepared();
          return {
            ...step,
            compute: (outputs) => {
              if (key === 6) breakOff();
              return step.compute(outputs);
            },
          };
        },
      }),
    );
    await expect(run).rejects.toThrow(message);
    expect(saves).toBe(1);
    expect(kept.saved()?.completedSteps).toBe(4);
  });
});
