import { useBackend } from '@factornet/core';
import { expectCloseArrays, expectNoLeak } from '@factornet/core/testing';
import { classificationHead } from '@factornet/zoo';
import {
  input,
  type LayersModel,
  layers,
  model,
  randomNormal,
  type SymbolicTensor,
  type Tensor2D,
} from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { beforeLastLayer, endsLinearly, multiplyLogits, setLogitMean } from './last-layer';

const head = (hidden: readonly number[] = []) =>
  classificationHead({ features: 4, classes: 3, hidden, seed: 1, name: 'head' });

async function valuesOf(network: LayersModel | undefined, code: Tensor2D): Promise<number[][]> {
  if (network === undefined) return code.array();
  const output = network.predict(code) as Tensor2D;
  const values = await output.array();
  output.dispose();
  return values;
}

beforeAll(() => useBackend('cpu'));

describe('setLogitMean', () => {
  it.each([[[]], [[5]]])(
    'gives the logits the mean that was fitted and keeps their differences (hidden: %o)',
    async (hidden) => {
      const network = head(hidden);
      const code = randomNormal([7, 4], 0, 1, 'float32', 2) as Tensor2D;
      const before = await valuesOf(network, code);
      const last = await valuesOf(beforeLastLayer(network), code);
      const coefficients = Float64Array.from({ length: hidden[0] ?? 4 }, (_, index) => index - 1.5);
      await setLogitMean(network, { mean: { coefficients, intercept: 0.25 } });
      const after = await valuesOf(network, code);
      const mean = (row: number[]) => row.reduce((sum, value) => sum + value, 0) / row.length;
      const expected = before.map((row, picture) => {
        const target = (last[picture] as number[]).reduce(
          (sum, value, unit) => sum + value * (coefficients[unit] as number),
          0.25,
        );
        return row.map((value) => value - mean(row) + target);
      });
      expectCloseArrays(after.flat(), expected.flat(), { absolute: 1e-5 });
      expect(Math.abs(mean(after[0] as number[]) - mean(before[0] as number[]))).toBeGreaterThan(0.05);
      for (const each of [network, code]) each.dispose();
    },
  );

  it('sets what was fitted in a layer with constraints, too, which would make other weights of it', async () => {
    const inputs = input({ shape: [2] });
    const layer = layers.dense({ units: 2, kernelConstraint: 'nonNeg', biasConstraint: 'nonNeg' });
    const network = model({ inputs, outputs: layer.apply(inputs) as SymbolicTensor });
    await setLogitMean(network, { mean: { coefficients: Float64Array.of(-5, -6), intercept: -7 } });
    const [kernel, bias] = await Promise.all(layer.getWeights().map((weight) => weight.data()));
    const [a, b, c, d] = kernel as unknown as [number, number, number, number];
    expectCloseArrays([(a + b) / 2, (c + d) / 2, ...(bias as Float32Array)], [-5, -6, -7, -7], {
      absolute: 1e-5,
    });
    network.dispose();
  });

  it('leaves no tensor behind', async () => {
    await expectNoLeak(async () => {
      const network = head([5]);
      const code = randomNormal([2, 4]) as Tensor2D;
      await valuesOf(beforeLastLayer(network), code);
      await setLogitMean(network, { mean: { coefficients: new Float64Array(5), intercept: 0 } });
      for (const each of [network, code]) each.dispose();
    });
  });
});

describe('multiplyLogits', () => {
  it('multiplies the logits of every picture, bias and all, and leaves no tensor behind', async () => {
    const network = head([5]);
    await setLogitMean(network, { mean: { coefficients: new Float64Array(5), intercept: 3 } });
    const code = randomNormal([7, 4], 0, 1, 'float32', 2) as Tensor2D;
    const before = await valuesOf(network, code);
    await multiplyLogits(network, 2.5);
    const expected = before.flat().map((value) => 2.5 * value);
    expectCloseArrays((await valuesOf(network, code)).flat(), expected, { absolute: 1e-5 });
    await expectNoLeak(() => multiplyLogits(network, 2));
    for (const each of [network, code]) each.dispose();
  });
});

describe('endsLinearly', () => {
  it('is true of the heads of the zoo, and of no head that a linear function does not fold into', () => {
    const inputs = input({ shape: [4] });
    const other = (layer: { apply(from: SymbolicTensor): unknown }) =>
      model({ inputs, outputs: layer.apply(inputs) as SymbolicTensor });
    const heads = [
      head(),
      head([5]),
      other(layers.dense({ units: 3, activation: 'relu' })),
      other(layers.dense({ units: 3, useBias: false })),
      other(layers.softmax({})),
    ];
    expect(heads.map(endsLinearly)).toEqual([true, true, false, false, false]);
    for (const each of heads) each.dispose();
  });
});
