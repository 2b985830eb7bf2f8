import {
  type CommonNetwork,
  disposeBrick,
  type FactorNetwork,
  normalizeImages,
  useBackend,
} from '@factornet/core';
import { expectCloseArrays, expectNoLeak } from '@factornet/core/testing';
import { modelDigest, randomStream } from '@factornet/core/training';
import { HUE, SHAPE, SIZE, tinyCommon, tinyFactor } from '@factornet/packer/testing';
import {
  type ClassificationTask,
  DisposedError,
  DuplicateTaskError,
  IncompatibleCommonError,
  ShapeMismatchError,
  UnknownTaskError,
} from '@factornet/spec';
import { type Tensor, type Tensor2D, type Tensor4D, tensor4d, tidy, zeros } from '@tensorflow/tfjs';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { assemble } from './assemble';
import type { Assembly } from './assembly';

let common: CommonNetwork;
let factors: FactorNetwork[];
let images: Tensor4D;
const BATCH = 5;

beforeAll(async () => {
  await useBackend('cpu');
  common = await tinyCommon();
  factors = [SHAPE, HUE, SIZE].map((task, index) => tinyFactor(common, task, 100 * (index + 1)));
  const stream = randomStream(1, 'pictures');
  const values = Float32Array.from({ length: BATCH * 32 * 32 * 3 }, () => stream.uniform());
  images = tensor4d(values, [BATCH, 32, 32, 3]);
});
afterAll(() => {
  images.dispose();
  for (const brick of [common, ...factors]) disposeBrick(brick);
});

/** A factor's logits computed without the assembler. */
async function computeAlone({ specific, head }: FactorNetwork): Promise<Float32Array> {
  const logits = tidy(() => {
    const normalized = normalizeImages(images, common.description.input);
    const [mean] = specific.predict(normalized) as [Tensor, Tensor];
    return head.predict((common.network.predict(normalized) as Tensor).add(mean)) as Tensor;
  });
  const values = (await logits.data()) as Float32Array;
  logits.dispose();
  return values;
}

async function expectEqualToAlone(assembly: Assembly, expected: readonly FactorNetwork[]): Promise<void> {
  const predictions = await assembly.predict(images);
  expect(Object.keys(predictions)).toEqual(expected.map(({ description }) => description.task.name));
  for (const factor of expected) {
    const { name, classes } = factor.description.task as ClassificationTask;
    const { logits, probabilities, indices, labels } = predictions[name] as NonNullable<
      (typeof predictions)[string]
    >;
    const alone = await computeAlone(factor);
    expect(logits).toBeInstanceOf(Float32Array);
    expect(indices).toBeInstanceOf(Int32Array);
    expectCloseArrays(logits, alone, { absolute: 1e-5, relative: 0 });
    for (let row = 0; row < BATCH; row++) {
      const span = [row * classes.length, (row + 1) * classes.length] as const;
      const scores = Array.from(alone.subarray(...span));
      const total = scores.reduce((sum, score) => sum + Math.exp(score), 0);
      expectCloseArrays(
        probabilities.subarray(...span),
        scores.map((score) => Math.exp(score) / total),
        { absolute: 1e-5 },
      );
      expect(indices[row]).toBe(scores.indexOf(Math.max(...scores)));
      expect(labels[row]).toBe(classes[indices[row] as number]);
    }
  }
}

describe('assemble', () => {
  it('gives networks whose test factors disagree, or equality would prove nothing', async () => {
    const [first, second] = await Promise.all(
      [11, 12].map(async (seed) => {
        const factor = tinyFactor(common, SHAPE, seed);
        const values = await computeAlone(factor);
        disposeBrick(factor);
        return values;
      }),
    );
    expect(Array.from(first as Float32Array)).not.toEqual(Array.from(second as Float32Array));
  });

  it('predicts with any subset of factors what each predicts alone', async () => {
    for (let subset = 0; subset < 2 ** factors.length; subset++) {
      const chosen = factors.filter((_, index) => (subset >> index) & 1);
      const assembly = await assemble(common, chosen);
      expect(assembly.tasks).toEqual(chosen.map(({ description }) => description.task.name));
      await expectEqualToAlone(assembly, chosen);
      assembly.dispose();
    }
  });

  it('adds and removes factors while in use', async () => {
    const [shape, hue, size] = factors as [FactorNetwork, FactorNetwork, FactorNetwork];
    const assembly: Assembly = await assemble(common, [shape]);
    await expectEqualToAlone(assembly, [shape]);
    expect(await assembly.add(hue)).toBe(assembly);
    await expectEqualToAlone(assembly, [shape, hue]);
    expect(assembly.remove('shape')).toBe(assembly);
    await expectEqualToAlone(assembly, [hue]);
    await assembly.add(size);
    await assembly.add(shape);
    await expectEqualToAlone(assembly, [hue, size, shape]);
    expect(assembly.plan).toMatchObject({ tasks: ['object-hue', 'size', 'shape'], conflicts: [], bytes: 0 });
    assembly.dispose();
  });

  it('evaluates the common-knowledge network once per batch, whatever the number of factors', async () => {
    const layer = common.network.layers.at(-1) as (typeof common.network.layers)[number];
    const calls = vi.spyOn(layer, 'call');
    for (const count of [1, 2, 3]) {
      const assembly = await assemble(common, factors.slice(0, count));
      calls.mockClear();
      await assembly.predict(images);
      expect(calls).toHaveBeenCalledTimes(1);
      expect(assembly.commonEvaluations).toBe(1);
      const logits = assembly.logits(images);
      for (const tensor of Object.values(logits)) (tensor as Tensor).dispose();
      assembly.features(images).dispose();
      expect(calls).toHaveBeenCalledTimes(3);
      expect(assembly.commonEvaluations).toBe(3);
      assembly.dispose();
    }
    calls.mockRestore();
  });

  it('gives the common features', async () => {
    const assembly = await assemble(common, []);
    const features = assembly.features(images);
    const expected = tidy(
      () => common.network.predict(normalizeImages(images, common.description.input)) as Tensor2D,
    );
    expect(features.shape).toEqual([BATCH, 16]);
    expectCloseArrays(await features.data(), await expected.data());
    features.dispose();
    expected.dispose();
    assembly.dispose();
  });

  it('changes no weight and no BatchNorm statistic', async () => {
    const assembly = await assemble(common, factors);
    await assembly.predict(images);
    expect(await modelDigest(common.network)).toBe(common.description.representation);
    assembly.dispose();
  });

  it('predicts pictures of one batch independently of each other', async () => {
    const assembly: Assembly = await assemble(common, factors.slice(0, 1));
    const first = tidy(() => images.slice([0, 0, 0, 0], [1, 32, 32, 3]));
    const [alone, together] = [await assembly.predict(first), await assembly.predict(images)];
    expectCloseArrays(alone.shape?.logits ?? [], together.shape?.logits.slice(0, 3) ?? [], {
      absolute: 1e-5,
    });
    first.dispose();
    assembly.dispose();
  });

  it('predicts nothing for an empty batch', async () => {
    const assembly: Assembly = await assemble(common, factors);
    const none = zeros([0, 32, 32, 3]) as Tensor4D;
    const { shape } = await assembly.predict(none);
    expect(shape).toMatchObject({ labels: [], indices: new Int32Array(0), logits: new Float32Array(0) });
    none.dispose();
    assembly.dispose();
  });
});

describe('assemble refuses', () => {
  let assembly: Assembly;
  beforeEach(async () => {
    assembly = await assemble(common, factors.slice(0, 2));
    return () => assembly.dispose();
  });

  it('pictures of another shape', async () => {
    const wrong = zeros([2, 28, 28, 3]) as Tensor4D;
    await expect(assembly.predict(wrong)).rejects.toSatisfy(ShapeMismatchError.isInstance);
    await expect(assembly.predict(wrong)).rejects.toThrow(
      'images must have the shape [*, 32, 32, 3], but came with [2, 28, 28, 3].',
    );
    expect(() => assembly.features(wrong)).toThrow('images must have the shape');
    expect(assembly.commonEvaluations).toBe(0);
    wrong.dispose();
  });

  it('a factor of another common-knowledge network', async () => {
    const other = await tinyCommon(99);
    const stranger = tinyFactor(other, SIZE);
    const message =
      'the factor size in memory was made for another common-knowledge network, but is being assembled ' +
      'with the common-knowledge network in memory, whose feature space (representation digest) is a different one.\n' +
      `It needs the feature space ${other.description.representation.slice(0, 19)}…, and this is ` +
      `${common.description.representation.slice(0, 19)}…. Assemble it with the network it was trained with.`;
    for (const attempt of [() => assemble(common, [stranger]), () => assembly.add(stranger)]) {
      await expect(attempt()).rejects.toSatisfy(IncompatibleCommonError.isInstance);
      await expect(attempt()).rejects.toMatchObject({ message });
    }
    expect(assembly.tasks).toEqual(['shape', 'object-hue']);
    disposeBrick(other);
    disposeBrick(stranger);
  });

  it('two factors for one task', async () => {
    const [shape] = factors as [FactorNetwork];
    const message =
      'More than one factor is named "shape": "the factor shape in memory", "the factor shape in memory".\n' +
      'Assemble one of them; to exchange it later: remove("shape"), then add(…).';
    for (const attempt of [() => assemble(common, [shape, shape]), () => assembly.add(shape)]) {
      await expect(attempt()).rejects.toSatisfy(DuplicateTaskError.isInstance);
      await expect(attempt()).rejects.toMatchObject({ message });
    }
  });

  it('the second of two factors for one task that are added at once', async () => {
    const [, , size] = factors as [FactorNetwork, FactorNetwork, FactorNetwork];
    const [first, second] = await Promise.allSettled([assembly.add(size), assembly.add(size)]);
    expect([first.status, second.status].sort()).toEqual(['fulfilled', 'rejected']);
    expect(assembly.tasks).toEqual(['shape', 'object-hue', 'size']);
  });

  it('to remove a task that is not there', () => {
    expect(() => assembly.remove('colour')).toThrow(
      'There is no task "colour" here; the tasks are "shape", "object-hue".',
    );
    expect(() => assembly.remove('colour')).toThrow(UnknownTaskError);
  });

  it('a factor whose models do not fit', async () => {
    const [shape, hue] = factors as [FactorNetwork, FactorNetwork];
    await expect(assemble(common, [{ ...shape, head: hue.head }])).rejects.toMatchObject({
      message:
        'The output of the head of the factor "shape" must have the shape [*, 3], but came with [*, 4].',
    });
    await expect(assemble(common, [{ ...shape, specific: common.network }])).rejects.toMatchObject({
      message: expect.stringMatching(/^Output 2 of the task-specific model of the factor "shape" must have/),
    });
    await expect(assemble({ ...common, network: shape.head }, [shape])).rejects.toMatchObject({
      message: expect.stringMatching(/^The input of the common model of the common network must have/),
    });
  });

  it('everything once it is disposed of', async () => {
    assembly.dispose();
    assembly.dispose();
    await expect(assembly.predict(images)).rejects.toSatisfy(DisposedError.isInstance);
    await expect(assembly.add(factors[2] as FactorNetwork)).rejects.toSatisfy(DisposedError.isInstance);
    expect(() => assembly.logits(images)).toThrow(DisposedError);
    expect(() => assembly.features(images)).toThrow(DisposedError);
    expect(() => assembly.remove('shape')).toThrow('This assembly was disposed; it can no longer be used.');
    // The networks are their owner's: still usable.
    await computeAlone(factors[0] as FactorNetwork);
  });
});

describe('tensors', () => {
  it('are released by every function', async () => {
    const assembly: Assembly = await assemble(common, factors.slice(0, 2));
    await expectNoLeak(() => assembly.predict(images));
    await expectNoLeak(() => {
      for (const tensor of Object.values(assembly.logits(images))) tensor.dispose();
    });
    await expectNoLeak(() => assembly.features(images).dispose());
    await expectNoLeak(async () => {
      await assembly.add(factors[2] as FactorNetwork);
      assembly.remove('size');
    });
    const wrong = zeros([1, 8, 8, 3]) as Tensor4D;
    await expectNoLeak(() => assembly.predict(wrong).catch(() => undefined));
    wrong.dispose();
    assembly.dispose();
  });
});
