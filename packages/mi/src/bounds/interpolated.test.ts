import { useBackend } from '@factornet/core';
import { expectCloseArrays } from '@factornet/core/testing';
import { InvalidOptionError } from '@factornet/spec';
import { type Tensor2D, tensor1d } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { learnedBaseline } from '../baselines/learned-baseline';
import { describeCriticEstimator } from '../conformance/describe-critic-estimator';
import { valueAt } from '../testing/evaluate';
import { expectGolden } from '../testing/expect-golden';
import { scoreFixture } from '../testing/score-fixture';
import { logBaselineFixture, SCORE_GOLDENS } from '../testing/score-goldens';
import { interpolated } from './interpolated';
import { tuba } from './tuba';

/** The formula as it is written, sum by sum, with q = e. */
function bruteForce(scores: number[][], alpha: number): number {
  const batch = scores.length;
  const f = (i: number, j: number) => scores[i]?.[j] as number;
  const indices = scores.map((_, index) => index);
  const a = (j: number, k: number) => {
    const others = indices.filter((l) => l !== k);
    const mean = others.reduce((sum, l) => sum + Math.exp(f(l, j)), 0) / (batch - 1);
    return alpha * mean + (1 - alpha) * Math.E;
  };
  let total = 0;
  for (const j of indices) {
    for (const k of indices.filter((index) => index !== j)) {
      total += f(j, j) - Math.log(a(j, k)) - Math.exp(f(k, j)) / a(j, j);
    }
  }
  return 1 + total / (batch * (batch - 1));
}

describe.each(['cpu', 'wasm'])('interpolated on %s', (backend) => {
  beforeAll(() => useBackend(backend));

  const baseline = learnedBaseline({ hidden: [8] });
  describeCriticEstimator('interpolated, α = 0.05', interpolated({ alpha: 0.05, baseline }));
  describeCriticEstimator('interpolated, α = 1', interpolated({ alpha: 1 }));

  it.each([
    { alpha: 0.01, golden: SCORE_GOLDENS.interpolated001 },
    { alpha: 0.5, golden: SCORE_GOLDENS.interpolated05 },
    { alpha: 1, golden: SCORE_GOLDENS.interpolated1 },
  ])('agrees with the goldens, α = $alpha', async ({ alpha, golden }) => {
    const { value } = interpolated({ alpha });
    const withBaseline = (scores: Tensor2D) => {
      const logBaseline = tensor1d(logBaselineFixture(4));
      return value(scores, logBaseline);
    };
    await expectGolden(withBaseline, golden);
  });

  it('is tuba at α = 0', async () => {
    const at = (evaluate: typeof value) =>
      valueAt((scores) => evaluate(scores, tensor1d(logBaselineFixture(5))), scoreFixture(5));
    const { value } = interpolated({ alpha: 0 });
    expectCloseArrays([await at(value)], [await at(tuba().value)]);
    expectCloseArrays([await valueAt(value, scoreFixture(5))], [bruteForce(scoreFixture(5), 0)]);
  });

  it.each([0.001, 0.2, 1])(
    'is the formula, also where one score is all of its column, α = %d',
    async (alpha) => {
      const { value } = interpolated({ alpha });
      const scores = scoreFixture(6);
      // The second-largest of each column is e⁻⁴⁰ of the largest: their difference has no digit left of it.
      const dominated = scores.map((row, i) => row.map((score, j) => score + ((i + 1) % 6 === j ? 40 : 0)));
      const equal = scores.map((row) => row.map(() => 1.5));
      for (const matrix of [scores, dominated, equal]) {
        expectCloseArrays([await valueAt(value, matrix)], [bruteForce(matrix, alpha)], { absolute: 1e-5 });
      }
    },
  );

  it('is near its cap where every pair is told from every other', async () => {
    const certain = scoreFixture(5).map((row, i) => row.map((_, j) => (i === j ? 60 : -60)));
    for (const alpha of [0.01, 0.5, 1]) {
      const { value, cap } = interpolated({ alpha });
      const nats = await valueAt(value, certain);
      expect(nats).toBeLessThanOrEqual((cap?.(5) as number) + 1e-4);
    }
    expect(interpolated({ alpha: 1 }).cap?.(5)).toBeCloseTo(Math.log(4), 12);
    expect(interpolated({ alpha: 0.01 }).cap?.(5)).toBeCloseTo(1 + Math.log(400), 12);
    expect(interpolated({ alpha: 0 }).cap).toBeUndefined();
    expectCloseArrays([await valueAt(interpolated({ alpha: 1 }).value, certain)], [Math.log(4)]);
  });

  it.each([-0.1, 1.1, Number.NaN])('refuses α = %d', (alpha) => {
    expect(() => interpolated({ alpha })).toThrow(InvalidOptionError);
  });
});
