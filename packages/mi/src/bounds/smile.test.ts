import { useBackend } from '@factornet/core';
import { expectCloseArrays } from '@factornet/core/testing';
import { InvalidOptionError } from '@factornet/spec';
import { beforeAll, describe, expect, it } from 'vitest';
import { describeCriticEstimator } from '../conformance/describe-critic-estimator';
import { valueAt } from '../testing/evaluate';
import { expectGolden } from '../testing/expect-golden';
import { scoreFixture } from '../testing/score-fixture';
import { SCORE_GOLDENS } from '../testing/score-goldens';
import { donskerVaradhan } from './donsker-varadhan';
import { smile } from './smile';

describe.each(['cpu', 'wasm'])('smile on %s', (backend) => {
  beforeAll(() => useBackend(backend));

  describeCriticEstimator('smile', smile());

  it('agrees with the goldens', async () => {
    await expectGolden(smile({ tau: 1 }).value, SCORE_GOLDENS.smile1);
    await expectGolden(smile().value, SCORE_GOLDENS.smile5);
    await expectGolden(smile().surrogate, SCORE_GOLDENS.jensenShannonObjective);
  });

  it('is Donsker–Varadhan where nothing is clipped', async () => {
    const scores = scoreFixture(5).map((row) => row.map((score) => 20 * score));
    const dv = await valueAt(donskerVaradhan().value, scores);
    expectCloseArrays([await valueAt(smile({ tau: Number.POSITIVE_INFINITY }).value, scores)], [dv]);
    expect(smile({ tau: Number.POSITIVE_INFINITY }).direction).toBe('lower');
    expect(smile().direction).toBe('neither');
  });

  it('clips pairs that are independent, not those of the joint', async () => {
    const scores = [
      [30, 9],
      [-9, 30],
    ];
    const marginal = Math.log((Math.exp(2) + Math.exp(-2)) / 2);
    expectCloseArrays([await valueAt(smile({ tau: 2 }).value, scores)], [30 - marginal]);
  });

  it.each([0, -1, Number.NaN])('refuses τ = %d', (tau) => {
    expect(() => smile({ tau })).toThrow(InvalidOptionError);
  });
});
