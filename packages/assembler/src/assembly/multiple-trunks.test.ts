import {
  type CommonNetwork,
  disposeBrick,
  type FactorNetwork,
  normalizeImages,
  useBackend,
} from '@factornet/core';
import { expectCloseArrays, expectNoLeak } from '@factornet/core/testing';
import { HUE, SHAPE, SIZE, tinyCommon, tinyFactor } from '@factornet/packer/testing';
import {
  DuplicateTaskError,
  IncompatibleCommonError,
  InvalidOptionError,
  MultipleTrunksError,
  ShapeMismatchError,
} from '@factornet/spec';
import { memory, type Tensor, type Tensor4D, tidy, zeros } from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { knownCommon } from '../testing/known-logits';
import { randomPictures } from '../testing/packed-networks';
import { assemble } from './assemble';
import type { Assembly } from './assembly';

let one: CommonNetwork;
let two: CommonNetwork;
let shape: FactorNetwork<typeof SHAPE>;
let hue: FactorNetwork<typeof HUE>;
let size: FactorNetwork<typeof SIZE>;
let images: Tensor4D;
const multipleTrunks = true;

beforeAll(async () => {
  await useBackend('cpu');
  one = await tinyCommon(1);
  const other = await tinyCommon(50);
  const normalization = { mean: [0.1, 0.2, 0.9], standardDeviation: [1, 0.5, 2] };
  two = {
    ...other,
    description: { ...other.description, input: { ...other.description.input, normalization } },
  };
  shape = tinyFactor(one, SHAPE, 100);
  hue = tinyFactor(two, HUE, 200);
  size = tinyFactor(one, SIZE, 300);
  images = randomPictures(3);
});
afterAll(() => {
  images.dispose();
  for (const brick of [one, two, shape, hue, size]) disposeBrick(brick);
});

/** A factor's logits computed without the assembler, with the pictures normalized as its own network wants them. */
async function computeAlone(common: CommonNetwork, { specific, head }: FactorNetwork): Promise<Float32Array> {
  const logits = tidy(() => {
    const normalized = normalizeImages(images, common.description.input);
    const [mean] = specific.predict(normalized) as [Tensor, Tensor];
    return head.predict((common.network.predict(normalized) as Tensor).add(mean)) as Tensor;
  });
  const values = (await logits.data()) as Float32Array;
  logits.dispose();
  return values;
}

describe('assemble with several common-knowledge networks', () => {
  it('gives every factor its own, each with its normalization, and runs each once', async () => {
    const calls = [one, two].map(({ network }) =>
      vi.spyOn(network.layers.at(-1) as (typeof network.layers)[number], 'call'),
    );
    const network = await assemble([one, two], [shape, hue, size], { multipleTrunks });
    const predictions = await network.predict(images);
    for (const [common, factor] of [
      [one, shape],
      [two, hue],
      [one, size],
    ] as const) {
      const { logits } = predictions[factor.description.task.name];
      expectCloseArrays(logits, await computeAlone(common, factor), { absolute: 1e-5, relative: 0 });
    }
    expect(network.commonEvaluations).toBe(2);
    for (const call of calls) call.mockClear();
    await network.predict(images);
    expect(calls.map((call) => call.mock.calls.length)).toEqual([1, 1]);
    for (const call of calls) call.mockRestore();
    expect(network.plan.trunks.map(({ tasks }) => tasks)).toEqual([['shape', 'size'], ['object-hue']]);
    expect(network.plan.conflicts).toEqual([]);
    network.dispose();
  });

  it('runs none that no factor needs', async () => {
    const network: Assembly = await assemble([one, two], [shape], { multipleTrunks });
    await network.predict(images);
    expect(network.commonEvaluations).toBe(1);
    await network.add(hue);
    await network.predict(images);
    expect(network.commonEvaluations).toBe(3);
    network.remove('shape');
    expect(Object.keys(await network.predict(images))).toEqual(['object-hue']);
    expect(network.commonEvaluations).toBe(4);
    network.dispose();
  });

  it('gives the features of each', async () => {
    const network = await assemble([one, two], [], { multipleTrunks });
    for (const [position, { network: own, description }] of [one, two].entries()) {
      const features = network.features(images, position);
      const expected = tidy(() => own.predict(normalizeImages(images, description.input)) as Tensor);
      expectCloseArrays(await features.data(), await expected.data());
      features.dispose();
      expected.dispose();
    }
    expect(() => network.features(images, 2)).toThrow(InvalidOptionError);
    network.dispose();
  });

  it('has one copy of a network that is given twice', async () => {
    const network = await assemble([one, one], [shape, size]);
    await network.predict(images);
    expect(network.plan.trunks).toHaveLength(1);
    expect(network.commonEvaluations).toBe(1);
    network.dispose();
  });

  it('leaves no tensor behind', async () => {
    const network: Assembly = await assemble([one, two], [shape, hue], { multipleTrunks });
    await expectNoLeak(() => network.predict(images));
    await expectNoLeak(() => network.features(images, 1).dispose());
    network.dispose();
  });
});

describe('assemble refuses several common-knowledge networks', () => {
  async function refusal(attempt: Promise<unknown>): Promise<Error> {
    const error = await attempt.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(Error);
    return error as Error;
  }

  it('unless that is allowed, and says how', async () => {
    const before = memory().numTensors;
    const error = await refusal(assemble([one, two], [shape, hue]));
    expect(MultipleTrunksError.isInstance(error)).toBe(true);
    expect(error.message).toContain(
      'Each would run on its own for every picture.\nTo run them all, allow it: multipleTrunks: true',
    );
    expect(memory().numTensors).toBe(before);
  });

  it('that take pictures of different shapes', async () => {
    const small = await knownCommon();
    const error = await refusal(assemble([one, small], [shape], { multipleTrunks }));
    expect(ShapeMismatchError.isInstance(error)).toBe(true);
    expect(error.message).toContain('must have the shape [32, 32, 3], but came with [2, 2, 2]');
    disposeBrick(small);
  });

  it('with a factor of neither, or a task twice', async () => {
    const strange = await tinyCommon(99);
    const stranger = tinyFactor(strange, SIZE);
    const error = await refusal(assemble([one, two], [shape, hue, stranger], { multipleTrunks }));
    expect(IncompatibleCommonError.isInstance(error)).toBe(true);
    const again = tinyFactor(two, SHAPE);
    const twice = await refusal(assemble([one, two], [shape, again] as FactorNetwork[], { multipleTrunks }));
    expect(DuplicateTaskError.isInstance(twice)).toBe(true);
    for (const brick of [strange, stranger, again]) disposeBrick(brick);
  });

  it('pictures of another shape than theirs', async () => {
    const network = await assemble([one, two], [shape, hue], { multipleTrunks });
    const wrong = zeros([1, 8, 8, 3]) as Tensor4D;
    await expect(network.predict(wrong)).rejects.toSatisfy(ShapeMismatchError.isInstance);
    wrong.dispose();
    network.dispose();
  });
});
