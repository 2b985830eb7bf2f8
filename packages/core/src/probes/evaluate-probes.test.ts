import {
  type LayersModel,
  layers,
  model,
  type SymbolicTensor,
  sequential,
  input as tfInput,
} from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { useBackend } from '../backend/use-backend';
import { gaussian } from '../bricks/codes/gaussian';
import { add } from '../bricks/fusions/add';
import { expectCloseArrays } from '../testing/close-arrays';
import { expectNoLeak } from '../testing/no-leak';
import { evaluateFeatures, evaluateLogits } from './evaluate-probes';
import { picturesTensor } from './pictures-tensor';

const input = {
  shape: [1, 2, 1] as [number, number, number],
  layout: 'NHWC' as const,
  normalization: { mean: [0.2], standardDeviation: [0.4] },
};
const pictures = Uint8Array.of(0, 255, 51, 102, 255, 255);

/** A linear network with these weights, row by row, and no bias. */
const linear = (name: string, rows: number[][]): LayersModel => {
  const network = sequential({
    name,
    layers: [
      layers.flatten({ inputShape: input.shape }),
      layers.dense({ units: rows[0]?.length ?? 0, useBias: false }),
    ],
  });
  return network;
};

let common: LayersModel;
let specific: LayersModel;
let head: LayersModel;

beforeAll(async () => {
  await useBackend('cpu');
  const { tensor2d } = await import('@tensorflow/tfjs');
  const set = (network: LayersModel, ...rows: number[][][]) =>
    network.setWeights(rows.map((each) => tensor2d(each)));
  common = linear('common', [
    [1, 0, 2],
    [0, 1, 1],
  ]);
  set(common, [
    [1, 0, 2],
    [0, 1, 1],
  ]);
  const inputs = tfInput({ shape: input.shape });
  const flat = layers.flatten().apply(inputs);
  const code = (name: string) =>
    layers.dense({ name, units: 3, useBias: false }).apply(flat) as SymbolicTensor;
  specific = model({ inputs, outputs: [code('mean'), code('variance')] });
  set(
    specific,
    [
      [1, 1, 1],
      [0, 0, 0],
    ],
    [
      [9, 9, 9],
      [9, 9, 9],
    ],
  );
  head = sequential({ layers: [layers.dense({ units: 2, useBias: false, inputShape: [3] })] });
  set(head, [
    [1, 0],
    [0, 1],
    [1, 1],
  ]);
});
afterAll(() => {
  for (const network of [common, specific, head]) network.dispose();
});

/** (value / 255 − mean) / standard deviation: (−0.5, 2), (0, 0.5), (2, 2). */
const normalized = [
  [-0.5, 2],
  [0, 0.5],
  [2, 2],
] as const;

describe('evaluateFeatures', () => {
  it('normalizes pictures and runs each', async () => {
    const expected = normalized.flatMap(([a, b]) => [a, b, 2 * a + b]);
    expectCloseArrays(await evaluateFeatures(common, input, pictures), expected);
    await expectNoLeak(() => evaluateFeatures(common, input, pictures));
  });
});

describe('evaluateLogits', () => {
  const reads = [{ from: 'picture', shape: input.shape, backbone: { name: 'x', options: {} } }];
  const factor = () => ({ code: gaussian(), description: { reads }, fusion: add(), specific, head });
  it('is the head of common features and mean, not of a sample', async () => {
    const features = Float32Array.of(1, 2, 3, 0, 0, 0, -1, 0, 1);
    const expected = normalized.flatMap(([a], index) => {
      const code = [0, 1, 2].map((at) => (features[3 * index + at] as number) + a);
      return [(code[0] as number) + (code[2] as number), (code[1] as number) + (code[2] as number)];
    });
    expectCloseArrays(await evaluateLogits(factor(), input, pictures, features), expected);
    await expectNoLeak(() => evaluateLogits(factor(), input, pictures, features));
  });
});

describe('picturesTensor', () => {
  it('has values from 0 to 1', async () => {
    const tensor = picturesTensor(pictures, input);
    expect(tensor.shape).toEqual([3, 1, 2, 1]);
    expectCloseArrays(await tensor.data(), [0, 1, 0.2, 0.4, 1, 1]);
    tensor.dispose();
  });
});
