import { useBackend } from '@factornet/core';
import { expectCloseArrays } from '@factornet/core/testing';
import {
  input,
  type LayersModel,
  layers,
  model,
  randomNormal,
  type SymbolicTensor,
  type Tensor,
} from '@tensorflow/tfjs';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { foldNormalization } from './fold-normalization';
import { makeModel } from './make-model';
import { layerOf, type ModelGraph } from './model-graph';
import { readGraph } from './read-graph';
import { randomizeWeights } from './testing/random-networks';

/** Any layer; TensorFlow.js has no public name for their class. */
type Layer = { apply(from: SymbolicTensor): unknown };

/** A model of layers one behind the other, with random weights. */
function chain(shape: number[], ...behind: Layer[]): LayersModel {
  const inputs = input({ shape, name: 'input' });
  const outputs = behind.reduce<SymbolicTensor>((from, layer) => layer.apply(from) as SymbolicTensor, inputs);
  const made = model({ inputs, outputs });
  randomizeWeights(made, 5);
  return made;
}

const normalization = (name = 'normalization') => layers.batchNormalization({ name, epsilon: 0.01 });
const classNames = (graph: ModelGraph) => [...graph.layers.values()].map(({ className }) => className);
const valuesOf = (graph: ModelGraph, layer: string, weight: string) =>
  (layerOf(graph, layer).weights[weight] as { values: Float32Array }).values;

async function readAndRelease(made: LayersModel): Promise<ModelGraph> {
  const graph = await readGraph(made, 'test');
  made.dispose();
  return graph;
}

async function predict(graph: ModelGraph, images: Tensor): Promise<Float32Array> {
  const made = await makeModel(graph, 'test');
  const output = made.predict(images) as Tensor;
  const values = await output.data<'float32'>();
  output.dispose();
  made.dispose();
  return values;
}

async function expectSameOutputs(before: ModelGraph, after: ModelGraph, shape: number[]): Promise<void> {
  const images = randomNormal([2, ...shape], 0, 1, 'float32', 3);
  expectCloseArrays(await predict(after, images), await predict(before, images), { absolute: 1e-4 });
  images.dispose();
}

beforeAll(() => useBackend('cpu'));

describe('foldNormalization', () => {
  it('is the closed form, rounded once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          kernelSize: fc.integer({ min: 1, max: 3 }),
          channels: fc.integer({ min: 1, max: 3 }),
          filters: fc.integer({ min: 1, max: 4 }),
          useBias: fc.boolean(),
          scale: fc.boolean(),
          center: fc.boolean(),
          padding: fc.constantFrom('same' as const, 'valid' as const),
        }),
        async ({ kernelSize, channels, filters, useBias, scale, center, padding }) => {
          const graph = await readAndRelease(
            chain(
              [4, 4, channels],
              layers.conv2d({ name: 'convolution', kernelSize, filters, useBias, padding }),
              layers.batchNormalization({ name: 'normalization', epsilon: 0.01, scale, center }),
            ),
          );
          const folded = foldNormalization(graph);
          expect(classNames(folded)).toEqual(['InputLayer', 'Conv2D']);
          const of = (weight: string, filter: number, absent: number) =>
            layerOf(graph, weight === 'bias' ? 'convolution' : 'normalization').weights[weight]?.values[
              filter
            ] ?? absent;
          const kernel = valuesOf(graph, 'convolution', 'kernel');
          for (let filter = 0; filter < filters; filter++) {
            const deviation = Math.sqrt(of('moving_variance', filter, 1) + 0.01);
            const factor = of('gamma', filter, 1) / deviation;
            for (let tap = 0; tap < kernelSize * kernelSize * channels; tap++) {
              const at = tap * filters + filter;
              expect(valuesOf(folded, 'convolution', 'kernel')[at]).toBe(
                Math.fround((kernel[at] as number) * factor),
              );
            }
            const shift =
              (of('bias', filter, 0) - of('moving_mean', filter, 0)) * factor + of('beta', filter, 0);
            expect(
              Math.abs((valuesOf(folded, 'convolution', 'bias')[filter] as number) - shift),
            ).toBeLessThan(
              // Half a unit in the last place of single precision.
              Math.abs(shift) * 2 ** -24 + 1e-12,
            );
          }
        },
      ),
      { seed: 1, numRuns: 30 },
    );
  });

  it.each<[string, Layer, number[]]>([
    [
      'DepthwiseConv2D',
      layers.depthwiseConv2d({ kernelSize: 3, padding: 'same', depthMultiplier: 2 }),
      [5, 5, 3],
    ],
    [
      'SeparableConv2D',
      layers.separableConv2d({
        kernelSize: 3,
        filters: 4,
        padding: 'same',
      }),
      [5, 5, 3],
    ],
    ['SeparableConv2D', layers.separableConv2d({ kernelSize: 3, filters: 4, useBias: false }), [5, 5, 3]],
    ['Dense', layers.dense({ units: 4, useBias: false }), [6]],
  ])('folds into %s', async (className, layer, shape) => {
    const graph = await readAndRelease(chain(shape, layer, normalization()));
    const folded = foldNormalization(graph);
    expect(classNames(folded)).toEqual(['InputLayer', className]);
    await expectSameOutputs(graph, folded, shape);
  });

  it.each<[string, Layer[]]>([
    ['a convolution without padding', [layers.conv2d({ kernelSize: 3, filters: 4, activation: 'tanh' })]],
    ['a convolution of one tap', [layers.conv2d({ kernelSize: 1, filters: 4, padding: 'same' })]],
    ['a Dense behind Flatten', [layers.flatten(), layers.dense({ units: 4, activation: 'softmax' })]],
    ['a Dense behind pooling', [layers.globalAveragePooling2d({}), layers.dense({ units: 4 })]],
  ])('folds what follows an activation into %s', async (_name, behind) => {
    const activation = layers.activation({ activation: 'sigmoid' });
    const graph = await readAndRelease(chain([5, 5, 3], activation, normalization(), ...behind));
    const folded = foldNormalization(graph);
    expect(classNames(folded)).not.toContain('BatchNormalization');
    await expectSameOutputs(graph, folded, [5, 5, 3]);
  });

  it.each<[string, Layer[]]>([
    [
      'behind an activation',
      [layers.conv2d({ kernelSize: 3, filters: 3, activation: 'relu' }), normalization()],
    ],
    ['before padding', [normalization(), layers.conv2d({ kernelSize: 3, filters: 3, padding: 'same' })]],
    [
      'before a maximum',
      [normalization(), layers.maxPooling2d({}), layers.conv2d({ kernelSize: 1, filters: 3 })],
    ],
  ])('leaves one %s', async (_name, behind) => {
    const graph = await readAndRelease(chain([5, 5, 3], ...behind));
    expect(foldNormalization(graph)).toEqual(graph);
  });

  it('leaves one whose convolution has another reader, or is an output itself', async () => {
    const inputs = input({ shape: [4, 4, 2], name: 'input' });
    const convolved = layers
      .conv2d({ name: 'convolution', kernelSize: 3, filters: 2, padding: 'same' })
      .apply(inputs) as SymbolicTensor;
    const normalized = normalization().apply(convolved) as SymbolicTensor;
    const sum = layers.add({ name: 'sum' }).apply([convolved, normalized]) as SymbolicTensor;
    for (const outputs of [[sum], [normalized, convolved]]) {
      const made = model({ inputs, outputs });
      const graph = await readGraph(made, 'test');
      expect(foldNormalization(graph)).toEqual(graph);
    }
  });

  it('folds two in a row, and one that several convolutions read from', async () => {
    const inputs = input({ shape: [4, 4, 2], name: 'input' });
    const twice = normalization('second').apply(
      normalization('first').apply(
        layers.conv2d({ kernelSize: 3, filters: 2, padding: 'same' }).apply(inputs) as SymbolicTensor,
      ) as SymbolicTensor,
    ) as SymbolicTensor;
    const active = layers.activation({ activation: 'tanh' }).apply(twice) as SymbolicTensor;
    const third = normalization('third').apply(active) as SymbolicTensor;
    const readers = [1, 2].map(
      (filters) =>
        layers.conv2d({ kernelSize: 2, filters, name: `reader-${filters}` }).apply(third) as SymbolicTensor,
    );
    const made = model({ inputs, outputs: layers.concatenate().apply(readers) as SymbolicTensor });
    randomizeWeights(made, 2);
    const graph = await readAndRelease(made);
    const folded = foldNormalization(graph);
    expect(classNames(folded).sort()).toEqual([
      'Activation',
      'Concatenate',
      'Conv2D',
      'Conv2D',
      'Conv2D',
      'InputLayer',
    ]);
    await expectSameOutputs(graph, folded, [4, 4, 2]);
  });

  it('leaves one that single precision could not hold in a kernel', async () => {
    const graph = await readAndRelease(
      chain([4, 4, 2], layers.conv2d({ kernelSize: 1, filters: 2 }), normalization()),
    );
    const kernel = layerOf(graph, [...graph.layers.keys()][1] as string).weights.kernel as {
      values: Float32Array;
    };
    kernel.values.fill(3e38);
    (layerOf(graph, 'normalization').weights.gamma as { values: Float32Array }).values.fill(100);
    expect(foldNormalization(graph)).toEqual(graph);
  });
});
