import { useBackend } from '@factornet/core';
import { expectCloseArrays } from '@factornet/core/testing';
import { input, layers, model, randomNormal, type SymbolicTensor, type Tensor } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { fuseActivations } from './fuse-activations';
import { makeModel } from './make-model';
import type { ModelGraph } from './model-graph';
import { readGraph } from './read-graph';
import { randomizeWeights } from './testing/random-networks';

/** Any layer; TensorFlow.js has no public name for their class. */
type Layer = { apply(from: SymbolicTensor): unknown };

async function graphOf(...behind: Layer[]): Promise<ModelGraph> {
  const inputs = input({ shape: [4, 4, 2], name: 'input' });
  const outputs = behind.reduce<SymbolicTensor>((from, layer) => layer.apply(from) as SymbolicTensor, inputs);
  const made = model({ inputs, outputs });
  randomizeWeights(made, 3);
  const graph = await readGraph(made, 'test');
  made.dispose();
  return graph;
}

const convolution = () => layers.conv2d({ name: 'convolution', kernelSize: 3, filters: 3 });
const classNames = ({ layers: all }: ModelGraph) => [...all.values()].map(({ className }) => className);

async function predict(graph: ModelGraph, images: Tensor): Promise<Float32Array> {
  const made = await makeModel(graph, 'test');
  const output = made.predict(images) as Tensor;
  const values = await output.data<'float32'>();
  output.dispose();
  made.dispose();
  return values;
}

beforeAll(() => useBackend('cpu'));

describe('fuseActivations', () => {
  it.each<[string, Layer]>([
    ['relu', layers.activation({ activation: 'relu' })],
    ['elu', layers.activation({ activation: 'elu' })],
    ['relu', layers.reLU()],
    ['elu', layers.elu()],
  ])('moves %s into the convolution', async (activation, layer) => {
    const graph = await graphOf(convolution(), layer);
    const fused = fuseActivations(graph);
    expect(classNames(fused)).toEqual(['InputLayer', 'Conv2D']);
    expect(fused.layers.get('convolution')?.config.activation).toBe(activation);
    const images = randomNormal([2, 4, 4, 2], 0, 1, 'float32', 1);
    const expected = await predict(graph, images);
    expect(Math.min(...expected.map(Math.abs)) < 0.01 || activation === 'elu').toBe(true);
    expectCloseArrays(await predict(fused, images), expected, { absolute: 1e-6 });
    images.dispose();
  });

  it.each<[string, Layer[]]>([
    ['ReLU6', [convolution(), layers.reLU({ maxValue: 6 })]],
    ['a sigmoid', [convolution(), layers.activation({ activation: 'sigmoid' })]],
    ['a second activation', [layers.conv2d({ kernelSize: 3, filters: 3, activation: 'elu' }), layers.reLU()]],
    ['what follows no convolution', [layers.maxPooling2d({}), layers.reLU()]],
  ])('leaves %s', async (_name, behind) => {
    const graph = await graphOf(...behind);
    expect(fuseActivations(graph)).toEqual(graph);
  });

  it('leaves one whose convolution has another reader', async () => {
    const inputs = input({ shape: [4, 4, 2], name: 'input' });
    const convolved = convolution().apply(inputs) as SymbolicTensor;
    const active = layers.reLU().apply(convolved) as SymbolicTensor;
    const made = model({ inputs, outputs: layers.add().apply([active, convolved]) as SymbolicTensor });
    const graph = await readGraph(made, 'test');
    expect(fuseActivations(graph)).toEqual(graph);
    made.dispose();
  });
});
