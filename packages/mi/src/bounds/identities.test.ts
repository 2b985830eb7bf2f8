import { useBackend } from '@factornet/core';
import { expectCloseArrays } from '@factornet/core/testing';
import { InvalidOptionError, ShapeMismatchError } from '@factornet/spec';
import { ones, type Tensor2D, tensor1d, tensor2d } from '@tensorflow/tfjs';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { CriticEstimator } from '../estimator';
import { valueAt } from '../testing/evaluate';
import { scoreFixture } from '../testing/score-fixture';
import { club } from './club';
import { clubSample } from './club-sample';
import { donskerVaradhan } from './donsker-varadhan';
import { infoNCE } from './info-nce';
import { interpolated } from './interpolated';
import { jensenShannon } from './jensen-shannon';
import { leaveOneOut } from './leave-one-out';
import { mine } from './mine';
import { nwj } from './nwj';
import { smile } from './smile';
import { tuba } from './tuba';
import { vClub } from './v-club';

const ALL: CriticEstimator[] = [
  donskerVaradhan(),
  mine(),
  nwj(),
  tuba(),
  jensenShannon(),
  infoNCE(),
  interpolated({ alpha: 0.05 }),
  smile(),
  club(),
  clubSample(),
  vClub(),
  leaveOneOut(),
];
const map = (scores: number[][], change: (score: number, i: number, j: number) => number) =>
  scores.map((row, i) => row.map((score, j) => change(score, i, j)));
const transpose = (scores: number[][]) => map(scores, (_, i, j) => scores[j]?.[i] as number);
const squareOf = (size: fc.Arbitrary<number>) =>
  fc.tuple(fc.integer({ min: 2, max: 6 }), size).chain(([batch, scale]) => {
    const score = fc.double({ min: -1, max: 1, noNaN: true }).map((unit) => Math.fround(unit * scale));
    return fc.array(fc.array(score, { minLength: batch, maxLength: batch }), {
      minLength: batch,
      maxLength: batch,
    });
  });

describe.each(['cpu', 'wasm'])('identities between estimators on %s', (backend) => {
  beforeAll(() => useBackend(backend));
  const at = ({ value }: CriticEstimator, scores: number[][]) => valueAt((input) => value(input), scores);

  it('tuba with a = e is nwj, and interpolated with α = 0 is tuba', async () => {
    const expected = await at(nwj(), scoreFixture(5));
    expectCloseArrays([await at(tuba(), scoreFixture(5))], [expected]);
    expectCloseArrays([await at(interpolated({ alpha: 0 }), scoreFixture(5))], [expected]);
    expectCloseArrays([await at(interpolated({ alpha: 1e-7 }), scoreFixture(5))], [expected], {
      absolute: 1e-4,
    });
  });

  it('smile without clipping and mine are Donsker–Varadhan, which no constant changes', async () => {
    const expected = await at(donskerVaradhan(), scoreFixture(5));
    const shifted = map(scoreFixture(5), (score) => score - 3);
    const values = [
      await at(smile({ tau: Number.POSITIVE_INFINITY }), scoreFixture(5)),
      await at(mine(), scoreFixture(5)),
      await at(donskerVaradhan(), shifted),
    ];
    expectCloseArrays(values, [expected, expected, expected]);
  });

  it('nwj at its best constant, 1 − L, is Donsker–Varadhan, and less at every other', async () => {
    const scores = scoreFixture(5);
    const others = scores.flatMap((row, i) => row.filter((_, j) => i !== j));
    const logMean = Math.log(others.reduce((sum, score) => sum + Math.exp(score), 0) / others.length);
    const shifted = (by: number) =>
      at(
        nwj(),
        map(scores, (score) => score + 1 - logMean + by),
      );
    const best = await shifted(0);
    expectCloseArrays([best], [await at(donskerVaradhan(), scores)]);
    expect(await shifted(0.1)).toBeLessThan(best);
    expect(await shifted(-0.1)).toBeLessThan(best);
  });

  it('jensenShannon read as nwj is nwj of 1 + f, and as the reference reads it of f', async () => {
    const more = map(scoreFixture(5), (score) => score + 1);
    expectCloseArrays([await at(jensenShannon(), scoreFixture(5))], [await at(nwj(), more)]);
    const reference = await at(jensenShannon({ reading: 'reference' }), scoreFixture(5));
    expectCloseArrays([reference], [await at(nwj(), scoreFixture(5))]);
  });

  it('leaveOneOut with the pair left in is InfoNCE over x', async () => {
    // log mean over all i = log[(B−1)/B · mean over i ≠ j + e^ℓ_jj / B], column by column.
    const scores = scoreFixture(5);
    const left = scores.map((row, j) => {
      const pair = row[j] as number;
      const others = scores
        .filter((_, i) => i !== j)
        .reduce((sum, other) => sum + Math.exp(other[j] as number), 0);
      return pair - Math.log((others + Math.exp(pair)) / 5);
    });
    const expected = left.reduce((sum, next) => sum + next, 0) / 5;
    expectCloseArrays([await at(infoNCE({ axis: 'x' }), scores)], [expected]);
    expect(await at(leaveOneOut(), scores)).toBeGreaterThan(expected);
  });

  it('clubSample and club agree where all pairs but the joint ones are alike', async () => {
    const scores = map(scoreFixture(5), (_, i, j) => (i === j ? i : -2));
    const expected = await at(club({ pairs: 'off-diagonal' }), scores);
    expectCloseArrays([await at(clubSample(), scores)], [expected]);
    expectCloseArrays([(await at(club(), scores)) * (5 / 4)], [expected]);
  });

  it('row is x and column y: a critic that prefers some y moves what compares x, and nothing else', async () => {
    // g(y_j) added to f: a softmax over x for each y does not see it, one over y for each x does.
    const preference = map(scoreFixture(4), (score, _, j) => score + 2 * j);
    const [before, after] = [scoreFixture(4), preference];
    for (const blind of [infoNCE({ axis: 'x' }), leaveOneOut(), interpolated({ alpha: 1 })]) {
      expectCloseArrays([await at(blind, after)], [await at(blind, before)], { absolute: 1e-5 });
    }
    expect(
      Math.abs((await at(infoNCE({ axis: 'y' }), after)) - (await at(infoNCE({ axis: 'y' }), before))),
    ).toBeGreaterThan(0.1);
    // And a baseline of y takes it away again.
    const { value } = tuba();
    const corrected = await valueAt((scores) => value(scores, tensor1d([1, 3, 5, 7])), after);
    expectCloseArrays([corrected], [await at(tuba(), before)]);
  });

  it('transposition swaps the axes of InfoNCE, and leaves alone what does not tell x from y', async () => {
    const [scores, swapped] = [scoreFixture(5), transpose(scoreFixture(5))];
    expectCloseArrays(
      [await at(infoNCE({ axis: 'x' }), swapped)],
      [await at(infoNCE({ axis: 'y' }), scores)],
    );
    for (const symmetric of [donskerVaradhan(), nwj(), jensenShannon(), infoNCE(), smile(), club()]) {
      expectCloseArrays([await at(symmetric, swapped)], [await at(symmetric, scores)]);
    }
  });

  it.each(ALL)('$name refuses a single pair and scores that are not square', ({ value, surrogate }) => {
    const [single, oblong] = [ones([1, 1]) as Tensor2D, ones([2, 3]) as Tensor2D];
    for (const evaluate of [value, surrogate]) {
      expect(() => evaluate(single)).toThrow(InvalidOptionError);
      expect(() => evaluate(oblong)).toThrow(ShapeMismatchError);
    }
    single.dispose();
    oblong.dispose();
  });
});

describe('for scores of any kind', () => {
  beforeAll(() => useBackend('cpu'));
  const scales = fc.constantFrom(0.01, 1, 30, 1e4);

  it('infoNCE never exceeds log B, nor the interpolated bound its cap', async () => {
    const estimators = [
      infoNCE(),
      infoNCE({ axis: 'x' }),
      infoNCE({ axis: 'y' }),
      interpolated({ alpha: 0.1 }),
      interpolated({ alpha: 1 }),
    ];
    await fc.assert(
      fc.asyncProperty(squareOf(scales), async (scores) => {
        const largest = Math.max(1, ...scores.flat().map(Math.abs));
        for (const { value, cap } of estimators) {
          const nats = await valueAt((input) => value(input), scores);
          expect(nats).toBeLessThanOrEqual((cap?.(scores.length) as number) + 1e-6 * largest + 1e-5);
        }
      }),
      { seed: 7, numRuns: 40 },
    );
  });

  it('every value is finite', async () => {
    await fc.assert(
      fc.asyncProperty(squareOf(scales), async (scores) => {
        for (const { value } of ALL)
          expect(await valueAt((input) => value(input), scores)).toSatisfy(Number.isFinite);
      }),
      { seed: 8, numRuns: 20 },
    );
  });

  it('is 0, or a bound that says nothing, where all scores are equal', async () => {
    for (const { name, value } of ALL) {
      const constant = tensor2d(new Array(16).fill(-2), [4, 4]);
      const result = value(constant);
      const [nats] = await result.data();
      // exp(−2 − 1) and exp(−2) away from their best constants; 0 for all that do not mind one.
      const expected =
        { nwj: -2 - Math.exp(-3), tuba: -2 - Math.exp(-3), jensenShannon: -1 - Math.exp(-2) }[name] ??
        (name === 'interpolated' ? undefined : 0);
      if (expected === undefined) expect(nats).toBeLessThan(0);
      else expect(nats).toBeCloseTo(expected, 5);
      constant.dispose();
      result.dispose();
    }
  });
});
