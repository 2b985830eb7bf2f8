import { useBackend } from '@factornet/core';
import { layers, sequential } from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { readGraph } from './read-graph';
import { removeNoOps } from './remove-no-ops';

it('takes out what only training needs, at the end as well', async () => {
  await useBackend('cpu');
  const made = sequential({
    layers: [
      layers.dropout({ rate: 0.5, inputShape: [4] }),
      layers.activation({ activation: 'linear' }),
      layers.dense({ units: 3, name: 'dense' }),
      layers.gaussianNoise({ stddev: 1 }),
      layers.activation({ activation: 'relu', name: 'relu' }),
      layers.dropout({ rate: 0.5 }),
    ],
  });
  const graph = await readGraph(made, 'test');
  const { layers: kept, inputs, outputs } = removeNoOps(graph);
  expect([...kept.values()].map(({ name, from }) => [name, from])).toEqual([
    [inputs[0], []],
    ['dense', inputs],
    ['relu', ['dense']],
  ]);
  expect(outputs).toEqual(['relu']);
  made.dispose();
});
