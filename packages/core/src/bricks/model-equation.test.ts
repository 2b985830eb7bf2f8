import {
  dispose,
  input,
  type LayersModel,
  layers,
  memory,
  model,
  type SymbolicTensor,
  setBackend,
  type Tensor,
  type Tensor2D,
  tensor2d,
  tidy,
  variableGrads,
} from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { expectCloseArrays } from '../testing/close-arrays';
import type { FactorModels } from './bricks';
import { gaussian } from './codes/gaussian';
import { add } from './fusions/add';
import { concatenate } from './fusions/concatenate';
import type { Fusion } from './fusions/fusion';
import { codeOf, factorLogits } from './model-equation';

beforeAll(() => setBackend('cpu'));

/** A linear model of known kernels, without biases, one per output. */
function linear(...kernels: number[][][]): LayersModel {
  const inputs = input({ shape: [kernels[0]?.length as number] });
  const outputs = kernels.map((kernel) => {
    const units = kernel[0]?.length as number;
    return layers
      .dense({ units, useBias: false, weights: [tensor2d(kernel)] })
      .apply(inputs) as SymbolicTensor;
  });
  return model({ inputs, outputs });
}

/** t is the sum and the difference of two inputs; what the log-variance is shall not matter. */
const specific = () =>
  linear(
    [
      [1, 1],
      [1, -1],
    ],
    [
      [9, 9],
      [9, 9],
    ],
  );
const inputs = () => tensor2d([[3, 1]]);
const z = () => tensor2d([[10, 20]]);
const numbers = async (make: () => Tensor) => {
  const made = tidy(make);
  const values = [...(await made.data())];
  made.dispose();
  return values;
};

/** With t = (4, 2): what heads of known weights make of (14, 22), and of (10, 20, 4, 2). */
const description = {
  reads: [{ from: 'picture', shape: [1, 1, 2] as const, backbone: { name: 'linear', options: {} } }],
};

const cases: [Fusion, number[][], number[]][] = [
  [
    add(),
    [
      [1, 0, 2],
      [0, 1, -1],
    ],
    [14, 22, 6],
  ],
  [
    concatenate(),
    [
      [1, 0, 0],
      [0, 1, 0],
      [0, 1, 1],
      [-1, 0, 1],
    ],
    [8, 24, 6],
  ],
];

describe.each(cases)('the model equation with $type', (fusion, kernel, expected) => {
  it('takes the mean as the code, and gives the logits of z and it', async () => {
    const factor: FactorModels = {
      code: gaussian(),
      description,
      fusion,
      specific: specific(),
      head: linear(kernel),
    };
    const given = [inputs(), z()] as const;
    const before = memory().numTensors;
    expect(await numbers(() => codeOf(factor, { picture: given[0], maps: {} }))).toEqual([4, 2]);
    expect(
      await numbers(() => factorLogits(factor, given[1], codeOf(factor, { picture: given[0], maps: {} }))),
    ).toEqual(expected);
    expect(memory().numTensors).toBe(before);
    dispose([...given]);
  });

  it('takes any other code, and trains through it', async () => {
    const head = linear(kernel);
    const code = tensor2d([[4, 2]]).variable();
    const given = z();
    const { value, grads } = variableGrads(
      () => factorLogits({ fusion, head }, given, code as Tensor as Tensor2D, true).sum(),
      [code],
    );
    expectCloseArrays(await value.data(), [expected.reduce((sum, one) => sum + one)]);
    // Both numbers of t come last of what the head takes.
    const rows = kernel.slice(-2).map((row) => row.reduce((sum, one) => sum + one));
    expectCloseArrays((await grads[code.name]?.data()) ?? [], rows);
    dispose([given, code, value, ...Object.values(grads)]);
  });

  it('takes no pictures at all', async () => {
    const factor: FactorModels = {
      code: gaussian(),
      description,
      fusion,
      specific: specific(),
      head: linear(kernel),
    };
    const shape = tidy(() => {
      const code = codeOf(factor, { picture: inputs().slice([0, 0], [0, 2]), maps: {} });
      return factorLogits(factor, z().slice([0, 0], [0, 2]), code).shape;
    });
    expect(shape).toEqual([0, 3]);
  });
});
