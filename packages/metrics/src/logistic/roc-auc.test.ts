import { featureMatrix } from '@factornet/core/samples';
import { randomStream } from '@factornet/core/training';
import { ShapeMismatchError } from '@factornet/spec';
import { describe, expect, it } from 'vitest';
import { macroRocAuc, rocAuc } from './roc-auc';

describe('rocAuc', () => {
  it('refuses a score without a place in the order', () => {
    expect(() => rocAuc([0.1, Number.NaN], [true, false])).toThrow(/scores\[1, 0\] must be a finite number/);
  });

  it('counts pairs that are in order, ties half', () => {
    const stream = randomStream(5);
    const scores = Array.from({ length: 60 }, () => stream.integer(9));
    const positive = scores.map((score) => stream.uniform() < score / 9);
    let right = 0;
    let pairs = 0;
    for (const [i, above] of scores.entries()) {
      for (const [j, below] of scores.entries()) {
        if (!positive[i] || positive[j]) continue;
        pairs++;
        right += above > below ? 1 : above === below ? 0.5 : 0;
      }
    }
    expect(rocAuc(scores, positive)).toBeCloseTo(right / pairs, 12);
  });

  it('has no value without both kinds', () => {
    expect(rocAuc([1, 2], [true, true])).toBeUndefined();
    expect(rocAuc([], [])).toBeUndefined();
    expect(() => rocAuc([1], [])).toThrow(ShapeMismatchError);
  });
});

describe('macroRocAuc', () => {
  it('leaves out classes that do not occur', () => {
    const probabilities = featureMatrix([
      [0.8, 0.1, 0.1],
      [0.3, 0.6, 0.1],
    ]);
    expect(macroRocAuc(probabilities, [0, 1])).toEqual({ value: 1, perClass: [1, 1, undefined] });
    expect(macroRocAuc(probabilities, [0, 0]).value).toBeUndefined();
  });
});
