import { expectNoLeak } from '@factornet/core/testing';
import { setBackend, type Tensor2D, tensor2d, tidy } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { referenceProjector } from './reference-projector';

beforeAll(() => setBackend('cpu'));

const rows = [
  [1, 2, -1],
  [0, 1, 3],
  [2, -2, 1],
  [-1, 0, 0.5],
];

async function project(scale = 1, seed = 1) {
  const network = referenceProjector().create({ inputs: 3, outputs: 4, seed, name: 'tap' });
  const features = tensor2d(rows.map((row) => row.map((value) => value * scale)));
  const output = tidy(() => network.apply(features as Tensor2D));
  const parts = (await Promise.all(network.variables.map((one) => one.array()))) as number[][][];
  const result = { output: await output.array(), parts };
  features.dispose();
  output.dispose();
  network.dispose();
  return result;
}

describe('referenceProjector', () => {
  it('is linear, normalized over the batch, ReLU, linear', async () => {
    const { output, parts } = await project();
    const [kernel, , , lastKernel, lastBias] = parts as unknown as [
      number[][],
      number[],
      number[],
      number[][],
      number[],
    ];
    const times = (row: readonly number[], matrix: readonly number[][]) =>
      (matrix[0] as number[]).map((_, k) =>
        row.reduce((sum, value, i) => sum + value * (matrix[i]?.[k] as number), 0),
      );
    const hidden = rows.map((row) => times(row, kernel));
    const normalised = hidden.map((row) =>
      row.map((value, k) => {
        const column = hidden.map((other) => other[k] as number);
        const mean = column.reduce((sum, one) => sum + one, 0) / column.length;
        const variance = column.reduce((sum, one) => sum + (one - mean) ** 2, 0) / column.length;
        return Math.max(0, (value - mean) / Math.sqrt(variance + 1e-5));
      }),
    );
    for (const [index, row] of normalised.entries()) {
      for (const [k, value] of times(row, lastKernel).entries()) {
        expect(output[index]?.[k]).toBeCloseTo(value + (lastBias[k] as number), 4);
      }
    }
  });

  it('starts as PyTorch does, within one over the root of its inputs', async () => {
    const { parts } = await project();
    const [kernel, scale, shift, lastKernel, lastBias] = parts;
    const largest = (values: unknown) =>
      Math.max(...[values].flat(2).map((value) => Math.abs(Number(value))));
    expect(largest(kernel)).toBeLessThanOrEqual(1 / Math.sqrt(3));
    expect(largest(kernel)).toBeGreaterThan(0.5 / Math.sqrt(3));
    for (const part of [lastKernel, lastBias]) expect(largest(part)).toBeLessThanOrEqual(0.5);
    expect([scale, shift]).toEqual([new Array(4).fill(1), new Array(4).fill(0)]);
  });

  it('does not mind the scale of a tap, and follows from its seed', async () => {
    const { output } = await project();
    const scaled = (await project(100)).output;
    for (const [index, row] of output.entries()) {
      for (const [k, value] of row.entries()) expect(scaled[index]?.[k]).toBeCloseTo(value, 3);
    }
    expect((await project()).output).toEqual(output);
    expect((await project(1, 2)).output).not.toEqual(output);
  });

  it('leaves no tensor behind', () => expectNoLeak(project));
});
