import { InvalidOptionError, ShapeMismatchError } from '@factornet/spec';
import { describe, expect, it } from 'vitest';
import { fitSupportVectors } from './linear-support-vector';

const numbers = Array.from({ length: 900 }, (_, n) => n);
const LABELS: Record<string, number[]> = {
  three: numbers.map((n) => (n * 7) % 3),
  unbalanced: numbers.map((n) => (n % 10 < 6 ? 0 : n % 10 < 9 ? 1 : 2)),
  two: numbers.map((n) => (n % 5 < 1 ? 1 : 0)),
  eight: numbers.map((n) => (n * 5) % 8),
};

/**
 * Predictions of scikit-learn 1.9.1, `LinearSVC(C=0.01, class_weight='balanced', tol=1e-10, max_iter=10**6)`, on 101
 * numbers from −2 to 8: where they change, and to what.
 */
const REFERENCE: [string, number, number, [number, number][]][] = [
  [
    'three',
    1,
    0,
    [
      [0, 0],
      [27, 1],
      [28, 2],
    ],
  ],
  [
    'three',
    0.01,
    0,
    [
      [0, 0],
      [28, 2],
    ],
  ],
  [
    'three',
    30,
    5,
    [
      [0, 0],
      [27, 1],
      [28, 2],
    ],
  ],
  [
    'unbalanced',
    1,
    0,
    [
      [0, 0],
      [28, 1],
      [34, 2],
    ],
  ],
  ['unbalanced', 0.01, 0, [[0, 0]]],
  [
    'unbalanced',
    30,
    5,
    [
      [0, 0],
      [28, 1],
      [34, 2],
    ],
  ],
  [
    'two',
    1,
    0,
    [
      [0, 0],
      [24, 1],
    ],
  ],
  [
    'two',
    0.01,
    0,
    [
      [0, 0],
      [24, 1],
    ],
  ],
  [
    'two',
    30,
    5,
    [
      [0, 0],
      [24, 1],
    ],
  ],
  [
    'eight',
    1,
    0,
    [
      [0, 0],
      [30, 1],
      [38, 2],
      [46, 3],
      [47, 6],
      [50, 7],
    ],
  ],
  [
    'eight',
    0.01,
    0,
    [
      [0, 0],
      [47, 7],
    ],
  ],
  [
    'eight',
    30,
    5,
    [
      [0, 0],
      [28, 1],
      [38, 2],
      [46, 3],
      [47, 6],
      [50, 7],
    ],
  ],
];

describe('fitSupportVectors', () => {
  it.each(REFERENCE)(
    'predicts as scikit-learn does: %s classes, codes · %d + %d',
    (name, scale, shift, expected) => {
      const labels = LABELS[name] as number[];
      const values = Float64Array.from(numbers, (n) => {
        const code = (labels[n] as number) * 0.8 + 0.9 * Math.sin(1.7 * n) + 0.5 * Math.sin(0.61 * n * n);
        return code * scale + shift;
      });
      const grid = Float64Array.from({ length: 101 }, (_, index) => (-2 + index / 10) * scale + shift);
      const predicted = fitSupportVectors(values, labels).predict(grid);
      const changes = [...predicted.entries()].filter(
        ([at, label]) => at === 0 || label !== predicted[at - 1],
      );
      expect(changes).toEqual(expected);
    },
  );

  it('names classes by their labels, whatever numbers are missing', () => {
    const values = Float64Array.of(-1, -1.1, 1, 1.1);
    expect([...fitSupportVectors(values, [2, 2, 7, 7], { penalty: 1 }).predict([-3, 3])]).toEqual([2, 7]);
    const three = fitSupportVectors(Float64Array.of(-3, -3.1, 3, 3.1, 0, 0.1), [1, 1, 9, 9, 4, 4]);
    expect([...three.predict([-9, 9])]).toEqual([1, 9]);
  });

  it('predicts some class for a constant code, and for codes of any size', () => {
    const labels = [0, 1, 2, 0, 1, 2];
    for (const code of [0, 1e-300, 3, 1e140]) {
      const [label] = fitSupportVectors(new Float64Array(6).fill(code), labels).predict([code]);
      expect([0, 1, 2]).toContain(label);
    }
  });

  it('refuses one class, other lengths and a bad penalty', () => {
    const values = Float64Array.of(1, 2);
    expect(() => fitSupportVectors(values, [1, 1])).toThrow(InvalidOptionError);
    expect(() => fitSupportVectors(values, [1])).toThrow(ShapeMismatchError);
    expect(() => fitSupportVectors(values, [0, 1], { penalty: 0 })).toThrow(InvalidOptionError);
  });
});
