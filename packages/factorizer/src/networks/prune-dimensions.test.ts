import { expectCloseArrays, expectNoLeak } from '@factornet/core/testing';
import { randomStream } from '@factornet/core/training';
import { type Dataset, imagesTensor } from '@factornet/data';
import { CancelledError } from '@factornet/spec';
import { stochasticEncoder } from '@factornet/zoo';
import {
  dispose,
  type LayersModel,
  setBackend,
  type Tensor,
  tensor1d,
  tensor2d,
  tidy,
} from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { tinyData, tinyInput, tinySpecific, weightBytes } from '../testing/tiny';
import { pruneDimensions } from './prune-dimensions';

beforeAll(() => setBackend('cpu'));

const data = tinyData(150);
/** An encoder of pictures asks the common network for nothing. */
const reading = {
  common: { offer: () => expect.unreachable('not evaluated') },
  description: { reads: [{ from: 'picture', shape: tinyInput.shape, backbone: { name: 'x', options: {} } }] },
};

/**
 * Dimension 0 is the prior whatever the picture, 1 nearly so, 2 depends on the picture by its mean and 3 by
 * its variance, beyond the limits of log-variances even.
 */
function makeEncoder(): LayersModel {
  const specific = stochasticEncoder({
    backbone: tinySpecific(),
    features: 4,
    request: { inputShape: tinyInput.shape, seed: 1, name: 'specific-test' },
  });
  const column = (scales: number[]) =>
    tensor2d(
      randomStream(1, 'kernel')
        .normals(20)
        .map((value, index) => value * (scales[index % 4] as number)),
      [5, 4],
    );
  const tensors = tidy(() => [
    [column([0, 0.01, 2, 0]), tensor1d([0, 0.02, 0, 0])],
    [column([0, 0, 0, 30]), tensor1d([0, 0, 0, -1])],
  ]) as [Tensor[], Tensor[]];
  specific.getLayer('specific-test/mean').setWeights(tensors[0]);
  specific.getLayer('specific-test/log-variance').setWeights(tensors[1]);
  dispose(tensors as unknown as Tensor[]);
  return specific;
}

/** Mean and log-variance of every example, from the encoder alone. */
async function moments(specific: LayersModel): Promise<[number[][], number[][]]> {
  const batch = await data.read(Int32Array.from({ length: data.size }, (_, index) => index));
  const { mean, standardDeviation } = tinyInput.normalization;
  const [means, logVariances] = tidy(() => {
    const images = imagesTensor(batch, data.imageShape)
      .sub(tensor1d([...mean]))
      .div(tensor1d([...standardDeviation]));
    return specific.predict(images) as Tensor[];
  }) as [Tensor, Tensor];
  const values = [await means.array(), await logVariances.array()] as [number[][], number[][]];
  dispose([means, logVariances]);
  return values;
}

describe('pruneDimensions', () => {
  it('tells how far each dimension is from the prior, in nats', async () => {
    const specific = makeEncoder();
    const [means, logVariances] = await moments(specific);
    expect(Math.max(...logVariances.flat().map(Math.abs))).toBeGreaterThan(10);
    const expected = [0, 1, 2, 3].map((d) => {
      const nats = means.map((row, example) => {
        const log = Math.min(10, Math.max(-10, logVariances[example]?.[d] as number));
        return ((row[d] as number) ** 2 + Math.exp(log) - 1 - log) / 2;
      });
      return nats.reduce((sum, one) => sum + one, 0) / nats.length;
    });
    const information = await pruneDimensions({ ...reading, specific, input: tinyInput, data, below: 0 });
    expectCloseArrays(information, expected, { absolute: 1e-5, relative: 1e-4 });
    expect(information[0]).toBe(0);
    expect(information[1]).toBeGreaterThan(0);
    expect(information[1]).toBeLessThan(0.02);
    specific.dispose();
  });

  it('makes dimensions below the threshold exactly the prior and keeps the others bit by bit', async () => {
    const specific = makeEncoder();
    const before = await moments(specific);
    expect(before[0].some((row) => row[1] !== 0)).toBe(true);
    await pruneDimensions({ ...reading, specific, input: tinyInput, data, below: 0.02 });
    const after = await moments(specific);
    const columns = (rows: number[][], chosen: number[]) =>
      rows.map((row) => chosen.map((d) => Math.abs(row[d] as number)));
    const zeros = data.size * 2;
    for (const output of [0, 1] as const) {
      expect(columns(after[output], [0, 1]).flat()).toEqual(new Array(zeros).fill(0));
      expect(columns(after[output], [2, 3])).toEqual(columns(before[output], [2, 3]));
    }
    specific.dispose();
  });

  it('cuts nothing at 0', async () => {
    const specific = makeEncoder();
    const before = await moments(specific);
    await pruneDimensions({ ...reading, specific, input: tinyInput, data, below: 0 });
    expect(await moments(specific)).toEqual(before);
    specific.dispose();
  });

  it('measures on as many examples as it is told', async () => {
    const specific = makeEncoder();
    const read: number[] = [];
    const watched: Dataset = {
      ...data,
      read(indices) {
        read.push(...Array.from(indices));
        return data.read(indices);
      },
    };
    const [few, all] = [
      await pruneDimensions({ ...reading, specific, input: tinyInput, data: watched, below: 0, examples: 3 }),
      await pruneDimensions({ ...reading, specific, input: tinyInput, data, below: 0 }),
    ];
    const [means] = await moments(specific);
    const squares = read.map((index) => (means[index]?.[1] as number) ** 2 / 2);
    expect(new Set(read).size).toBe(3);
    expect(few[1]).toBeCloseTo(squares.reduce((sum, square) => sum + square) / 3, 6);
    expect(few[2]).not.toBe(all[2]);
    specific.dispose();
  });

  it('measures on pictures of every class of a sorted folder, chosen by the seed', async () => {
    const specific = makeEncoder();
    const read: number[][] = [];
    const watched: Dataset = {
      ...data,
      read(indices) {
        read.push(Array.from(indices));
        return data.read(indices);
      },
    };
    for (const seed of [1, 1, 2]) {
      await pruneDimensions({
        ...reading,
        specific,
        input: tinyInput,
        data: watched,
        below: 0,
        examples: 30,
        seed,
      });
    }
    const [one, same, other] = read as [number[], number[], number[]];
    expect(same).toEqual(one);
    expect(other).not.toEqual(one);
    // If each 50 of the 150 were a class.
    expect(new Set(one.map((index) => Math.floor(index / 50)))).toEqual(new Set([0, 1, 2]));
    specific.dispose();
  });

  it('stops on request, and then cuts nothing', async () => {
    const specific = makeEncoder();
    const before = await weightBytes(specific);
    const controller = new AbortController();
    const { signal } = controller;
    const watched: Dataset = {
      ...data,
      read(indices) {
        controller.abort();
        return data.read(indices);
      },
    };
    await expectNoLeak(async () => {
      const cutting = pruneDimensions({
        ...reading,
        specific,
        input: tinyInput,
        data: watched,
        below: 10,
        signal,
      });
      await expect(cutting).rejects.toSatisfy(CancelledError.isInstance);
    });
    expect(await weightBytes(specific)).toEqual(before);
    specific.dispose();
  });

  it('leaves no tensor behind', async () => {
    const specific = makeEncoder();
    await expectNoLeak(() => pruneDimensions({ ...reading, specific, input: tinyInput, data, below: 0.02 }));
    specific.dispose();
  });
});
