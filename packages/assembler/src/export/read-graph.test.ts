import { useBackend } from '@factornet/core';
import { expectNoLeak } from '@factornet/core/testing';
import { RefusedPackageError } from '@factornet/spec';
import { input, layers, model, ones, type SymbolicTensor, sequential, type Tensor } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeModel } from './make-model';
import { readGraph } from './read-graph';
import { randomizeWeights, zoo } from './testing/random-networks';

beforeAll(() => useBackend('cpu'));

describe('readGraph and makeModel', () => {
  it.each(Object.entries(zoo))('are inverse: %s', async (_name, backbone) => {
    const made = backbone.create({ inputShape: [8, 8, 3], seed: 1, name: 'net' });
    randomizeWeights(made, 1);
    const graph = await readGraph(made, 'test');
    const again = await makeModel(graph, 'net');
    expect(await readGraph(again, 'test')).toEqual(graph);
    for (const each of [made, again]) each.dispose();
  });

  it('read a Sequential whose first layer declares the input, too', async () => {
    const made = sequential({
      layers: [
        layers.dense({ name: 'one', units: 2, inputShape: [3] }),
        layers.dense({ name: 'two', units: 1 }),
      ],
    });
    const graph = await readGraph(made, 'test');
    expect([...graph.layers.values()].map(({ name, from }) => [name, from])).toEqual([
      [graph.inputs[0], []],
      ['one', graph.inputs],
      ['two', ['one']],
    ]);
    const again = await makeModel(graph, 'net');
    const batch = ones([1, 3]);
    const [expected, received] = [made, again].map((each) => each.predict(batch) as Tensor);
    expect(await received?.data()).toEqual(await expected?.data());
    for (const each of [made, again, batch, expected, received]) each?.dispose();
  });

  it('refuse a layer that is called twice, and a model within a model', async () => {
    const shared = layers.dense({ name: 'shared', units: 3 });
    const inputs = input({ shape: [3] });
    const twice = model({
      inputs,
      outputs: shared.apply(shared.apply(inputs) as SymbolicTensor) as SymbolicTensor,
    });
    const within = sequential({
      layers: [model({ inputs, outputs: shared.apply(inputs) as SymbolicTensor })],
    });
    for (const made of [twice, within]) {
      await expect(readGraph(made, 'The head')).rejects.toThrow(RefusedPackageError);
    }
  });

  it('leave no tensor behind', async () => {
    const made = zoo.residual.create({ inputShape: [8, 8, 3], seed: 1, name: 'net' });
    await expectNoLeak(async () => {
      (await makeModel(await readGraph(made, 'test'), 'net')).dispose();
    });
    made.dispose();
  });
});
