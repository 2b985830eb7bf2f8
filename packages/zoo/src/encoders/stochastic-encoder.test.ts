import { useBackend } from '@factornet/core';
import { expectCloseArrays, expectNoLeak } from '@factornet/core/testing';
import { decodeModel, encodeModel } from '@factornet/core/training';
import { dispose, randomNormal, type Tensor, type Variable, variableGrads } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { convolutional } from '../backbones/convolutional';
import { stochasticEncoder } from './stochastic-encoder';

const backbone = convolutional({ filters: [4, 6] });
const request = { inputShape: [8, 8, 3], seed: 1, name: 'shape' } as const;
const create = () => stochasticEncoder({ backbone, features: 5, request });
const pictures = () => randomNormal([3, 8, 8, 3], 0, 1, 'float32', 1);

describe.each(['cpu', 'wasm'])('stochasticEncoder on %s', (backend) => {
  beforeAll(() => useBackend(backend));

  it('gives a mean and a log-variance per example, in this order', async () => {
    const encoder = create();
    expect(encoder.outputNames).toEqual(['shape/mean', 'shape/log-variance']);
    const outputs = encoder.predict(pictures()) as Tensor[];
    expect(outputs.map(({ shape }) => shape)).toEqual([
      [3, 5],
      [3, 5],
    ]);
    const [means, logVariances] = await Promise.all(outputs.map((output) => output.data()));
    expect(new Set(means).size).toBe(15);
    // Near −2 everywhere, yet a function of the picture.
    expectCloseArrays([...(logVariances ?? [])], new Array(15).fill(-2), { absolute: 0.2 });
    expect(new Set(logVariances).size).toBe(15);
    encoder.dispose();
  });

  it('starts from another log-variance when told to', async () => {
    const encoder = stochasticEncoder({ backbone, features: 5, request, initialLogVariance: -6 });
    const [, logVariance] = encoder.predict(pictures()) as Tensor[];
    expectCloseArrays([...((await logVariance?.data()) ?? [])], new Array(15).fill(-6), { absolute: 0.2 });
    encoder.dispose();
  });

  it('has names with the prefix and files that follow from the seed', async () => {
    const [first, second] = [create(), create()];
    expect(first.layers.every(({ name }) => name.startsWith('shape/'))).toBe(true);
    const bytes = await encodeModel(first, 'weights.bin');
    expect(await encodeModel(second, 'weights.bin')).toEqual(bytes);
    const decoded = await decodeModel(bytes);
    const [expected, received] = [
      first.predict(pictures()) as Tensor[],
      decoded.predict(pictures()) as Tensor[],
    ];
    for (const [index, output] of received.entries()) {
      expect(await output.data()).toEqual(await expected[index]?.data());
    }
    dispose([expected, received] as never);
    for (const model of [first, second, decoded]) model.dispose();
  });

  it('learns its mean through the one output, its log-variance through the other', async () => {
    const encoder = create();
    const variables = encoder.trainableWeights.map((weight) => weight.read() as Variable);
    const reached = async (output: 0 | 1) => {
      const { grads } = variableGrads(
        () =>
          (encoder.apply(pictures(), { training: true }) as Tensor[])[output]
            ?.square()
            .sum()
            .asScalar() as never,
        variables,
      );
      const names = await Promise.all(
        encoder.trainableWeights.map(async (weight, index) => {
          const values = [...((await grads[variables[index]?.name as string]?.data()) ?? [])];
          return values.some((value) => value !== 0) ? [weight.originalName] : [];
        }),
      );
      return names.flat();
    };
    const all = encoder.trainableWeights.map(({ originalName }) => originalName);
    expect(await reached(0)).toEqual(all.filter((name) => !name.startsWith('shape/log-variance')));
    expect(await reached(1)).toEqual(all.filter((name) => !name.startsWith('shape/mean')));
    encoder.dispose();
  });

  it('leaves no tensor behind', () =>
    expectNoLeak(() => {
      const encoder = create();
      const images = pictures();
      dispose([images, ...(encoder.apply(images, { training: true }) as Tensor[])]);
      encoder.dispose();
    }));
});
