import { type CommonNetwork, disposeBrick, type FactorNetwork, useBackend } from '@factornet/core';
import { expectCloseArrays, expectNoLeak } from '@factornet/core/testing';
import { randomStream } from '@factornet/core/training';
import { DisposedError, NotComparableError, ShapeMismatchError } from '@factornet/spec';
import { type Tensor4D, tensor4d, zeros } from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { knownCommon, knownFactor, LETTERS } from '../testing/known-logits';
import { assemble } from './assemble';
import type { Assembly } from './assembly';

const BATCH = 4;
let common: CommonNetwork;
let images: Tensor4D;
let pixels: Float32Array;
const made: FactorNetwork[] = [];

beforeAll(async () => {
  await useBackend('cpu');
  common = await knownCommon();
  const stream = randomStream(1, 'pictures');
  pixels = Float32Array.from({ length: BATCH * LETTERS.length }, () => stream.uniform());
  images = tensor4d(pixels, [BATCH, 2, 2, 2]);
});
afterAll(() => {
  images.dispose();
  for (const brick of [common, ...made]) disposeBrick(brick);
});

const factor: typeof knownFactor = (...parameters) => {
  const one = knownFactor(...parameters);
  made.push(one);
  return one;
};

/** The teacher's distribution, given that it is one of these letters; its logits are known. */
function teacherDistribution(letters: readonly string[], temperature = 1): number[] {
  return Array.from({ length: BATCH }).flatMap((_, picture) => {
    const powers = letters.map((letter) =>
      Math.exp(
        (10 * (pixels[picture * LETTERS.length + LETTERS.indexOf(letter as 'a')] as number)) / temperature,
      ),
    );
    const total = powers.reduce((sum, power) => sum + power, 0);
    return powers.map((power) => power / total);
  });
}

describe('predictJoint', () => {
  it('gives the distribution of a teacher over the classes of its factors, whatever their scales', async () => {
    const network = await assemble(common, [
      factor(common, 'late', ['h', 'f'], { logitScale: 3 }),
      factor(common, 'early', ['c', 'a', 'b'], { logitScale: 0.25 }),
    ]);
    const joint = await network.predictJoint(images, 'letters');
    const classes = ['a', 'b', 'c', 'f', 'h'];
    expect(joint.classes).toEqual(classes);
    expect(joint.labelSpace).toEqual({ name: 'letters', indices: [0, 1, 2, 5, 7] });
    const expected = teacherDistribution(classes);
    expectCloseArrays(joint.probabilities, expected, { absolute: 1e-5 });
    for (let picture = 0; picture < BATCH; picture++) {
      const row = expected.slice(picture * classes.length, (picture + 1) * classes.length);
      expect(joint.indices[picture]).toBe(row.indexOf(Math.max(...row)));
      expect(joint.labels[picture]).toBe(classes[joint.indices[picture] as number]);
      // On the teacher's scale: its logits less their mean.
      const own = pixels.subarray(picture * 8, picture * 8 + 8);
      const mean = own.reduce((sum, value) => sum + 10 * value, 0) / 8;
      expectCloseArrays(
        joint.logits.subarray(picture * classes.length, (picture + 1) * classes.length),
        [0, 1, 2, 5, 7].map((index) => 10 * (own[index] as number) - mean),
        { absolute: 1e-4 },
      );
    }
    expect(network.commonEvaluations).toBe(1);
    network.dispose();
  });

  it('would be another distribution on the factors’ own scales, or equality would prove nothing', async () => {
    const network = await assemble(common, [
      factor(common, 'late', ['h', 'f'], { logitScale: 3 }),
      factor(common, 'early', ['a', 'b'], { logitScale: 0.25 }),
    ]);
    const { early, late } = await network.predict(images);
    const joint = await network.predictJoint(images, 'letters');
    const distances = Array.from({ length: BATCH }, (_, picture) => {
      const powers = [early, late].flatMap(({ logits }) =>
        Array.from(logits.subarray(2 * picture, 2 * picture + 2), Math.exp),
      );
      const naive = (powers[0] as number) / powers.reduce((sum, power) => sum + power, 0);
      return Math.abs(naive - (joint.probabilities[4 * picture] as number));
    });
    expect(Math.max(...distances)).toBeGreaterThan(0.05);
    network.dispose();
  });

  it('is as sure as the temperature of its factors says, and names the same classes', async () => {
    const network = await assemble(common, [
      factor(common, 'late', ['h', 'f'], { logitScale: 3, temperature: 2 }),
      factor(common, 'early', ['a', 'b'], { logitScale: 0.25, temperature: 8 }),
    ]);
    const joint = await network.predictJoint(images, 'letters');
    const expected = teacherDistribution(['a', 'b', 'f', 'h'], 4);
    expectCloseArrays(joint.probabilities, expected, { absolute: 1e-5 });
    network.dispose();
  });

  it('runs only the factors of that label space, and a single one without a scale', async () => {
    const network: Assembly = await assemble(common, [
      factor(common, 'alone', ['e', 'd'], { stated: false }),
      factor(common, 'other', ['a', 'b'], { space: 'vowels' }),
    ]);
    const joint = await network.predictJoint(images, 'letters');
    expect(joint.classes).toEqual(['d', 'e']);
    expectCloseArrays(joint.probabilities, teacherDistribution(['d', 'e']), { absolute: 1e-5 });
    expect((await network.predictJoint(images, 'vowels')).classes).toEqual(['a', 'b']);
    network.dispose();
  });

  it('follows factors that are added and removed, and an empty batch', async () => {
    const network: Assembly = await assemble(common, [factor(common, 'early', ['a', 'b'])]);
    await network.add(factor(common, 'late', ['g', 'h'], { logitScale: 2 }));
    const none = zeros([0, 2, 2, 2]) as Tensor4D;
    expect(await network.predictJoint(none, 'letters')).toMatchObject({
      classes: ['a', 'b', 'g', 'h'],
      labels: [],
    });
    none.dispose();
    network.remove('early');
    expect((await network.predictJoint(images, 'letters')).classes).toEqual(['g', 'h']);
    network.dispose();
  });

  it('refuses what does not compare, pictures of another shape, and to work once disposed of', async () => {
    const network: Assembly = await assemble(common, [
      factor(common, 'early', ['a', 'b']),
      factor(common, 'late', ['g', 'h'], { stated: false }),
    ]);
    const attempt = network.predictJoint(images, 'letters');
    await expect(attempt).rejects.toSatisfy(NotComparableError.isInstance);
    await expect(attempt).rejects.toThrow('the factor "late" states no logit scale');
    await expect(network.predictJoint(images, 'digits')).rejects.toThrow(
      'no factor here is of that label space',
    );
    expect(network.commonEvaluations).toBe(0);
    network.remove('late');
    const wrong = zeros([1, 3, 3, 2]) as Tensor4D;
    await expect(network.predictJoint(wrong, 'letters')).rejects.toSatisfy(ShapeMismatchError.isInstance);
    wrong.dispose();
    network.dispose();
    await expect(network.predictJoint(images, 'letters')).rejects.toSatisfy(DisposedError.isInstance);
  });

  it('leaves no tensor behind', async () => {
    const network: Assembly = await assemble(common, [
      factor(common, 'early', ['a', 'b']),
      factor(common, 'late', ['g', 'h']),
    ]);
    await expectNoLeak(() => network.predictJoint(images, 'letters'));
    await expectNoLeak(() => network.predictJoint(images, 'digits').catch(() => undefined));
    network.dispose();
  });
});
