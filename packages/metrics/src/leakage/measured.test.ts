import { describe, expect, it } from 'vitest';
import { guessOf, meanOf, meanScore, measured, normalisedScore } from './measured';

const scores = (...values: number[]) => Float64Array.from(values);

/** Eight examples: the guess is right about the first three, the probe about five of which the guess has one. */
const guess = scores(1, 1, 1, 0, 0, 0, 0, 0);
const probe = scores(1, 0, 0, 1, 1, 1, 1, 0);
const perfect = scores(1, 1, 1, 1, 1, 1, 1, 1);

describe('normalisedScore', () => {
  it('has the error of a difference of two accuracies on the same examples, where nothing else errs', () => {
    // Of an example that the reference always has right and the guess never, dividing does nothing.
    const { value, standardError } = measured(
      normalisedScore(probe, scores(0, 0, 0, 0, 0, 0, 0, 0), perfect),
    );
    expect(value).toBe(5 / 8);
    // p = 5/8, q = 0: (p + q − (p − q)²) / n is the binomial's p (1 − p) / n.
    expect(standardError).toBeCloseTo(Math.sqrt(((5 / 8) * (3 / 8)) / 8), 12);
  });

  it('pairs examples: p + q − (p − q)² over n, with what only one and only the other has right', () => {
    // Compared with itself: a = r, so that the value is 1 whatever the examples, without error.
    expect(measured(normalisedScore(probe, guess, probe))).toEqual({ value: 1, standardError: 0 });
    // By hand: a − c = 2/8 and r − c = 5/8; ψ is 0 × 1, −1 × 2, (1 − 0.4) × 4, −0.4 × 1, each over 5/8 · 8.
    const { value, standardError } = measured(normalisedScore(probe, guess, perfect));
    expect(value).toBeCloseTo(0.4, 12);
    expect(standardError).toBeCloseTo(Math.sqrt(2 + 4 * 0.36 + 0.16) / 5, 12);
  });

  it('is the derivative: how the value moves as examples count more', () => {
    const { value, influence } = normalisedScore(probe, guess, perfect);
    const weighted = (of: Float64Array, row: number, more: number) =>
      of.reduce((sum, score, at) => sum + score * (at === row ? 1 + more : 1), 0) / (8 + more);
    for (const row of influence.keys()) {
      const more = 1e-6;
      const [a, c, r] = [probe, guess, perfect].map((of) => weighted(of, row, more)) as [
        number,
        number,
        number,
      ];
      expect(((a - c) / (r - c) - value) / more).toBeCloseTo(influence[row] as number, 5);
    }
    expect(influence.reduce((sum, each) => sum + each, 0)).toBeCloseTo(0, 12);
  });

  it('leaves examples without a label out', () => {
    const unlabelled = (of: Float64Array) => scores(...of, Number.NaN, Number.NaN);
    const args = [probe, guess, perfect] as const;
    const [own, chance, ceiling] = args.map(unlabelled) as [Float64Array, Float64Array, Float64Array];
    expect(measured(normalisedScore(own, chance, ceiling))).toEqual(measured(normalisedScore(...args)));
    expect(meanScore(own)).toEqual({ examples: 8, mean: 5 / 8 });
  });
});

it('keeps errors that figures share in their mean, and lets others cancel', () => {
  const one = normalisedScore(probe, guess, perfect);
  const { standardError } = measured(one);
  expect(measured(meanOf([one, one])).standardError).toBeCloseTo(standardError, 12);
  const opposite = { value: -one.value, influence: one.influence.map((each) => -each) };
  expect(measured(meanOf([one, opposite]))).toEqual({ value: 0, standardError: 0 });
});

it('tells the error of a guess', () => {
  expect(guessOf(scores(1, 0, 0, Number.NaN, 0))).toEqual({
    chance: 0.25,
    standardError: Math.sqrt((0.25 * 0.75) / 4),
    tested: 4,
  });
});
