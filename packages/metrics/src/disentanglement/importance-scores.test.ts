import { type FeatureMatrix, featureMatrix } from '@factornet/core/samples';
import { InvalidOptionError, ShapeMismatchError } from '@factornet/spec';
import { describe, expect, it } from 'vitest';
import { completenessOf, completenessPerFactor, disentanglementOf } from './importance-scores';

const diagonal = Array.from({ length: 5 }, (_, row) =>
  [0, 1, 2, 3, 4].map((column) => (row === column ? 5 : 0)),
);
const HALF_OF_TEN = 1 - Math.log(2) / Math.log(10);

/** Importances, disentanglement, completeness: the unit tests of disentanglement_lib, and one computed by it. */
const CASES: readonly (readonly [string, FeatureMatrix, number, number])[] = [
  ['one code per factor', featureMatrix(diagonal), 1, 1],
  [
    'a code without use',
    featureMatrix([
      [1, 0],
      [0, 1],
      [0, 0],
    ]),
    1,
    1,
  ],
  ['nothing but zeros', { rows: 10, columns: 10, data: new Float64Array(100) }, 0, 0],
  ['redundant codes', featureMatrix([...diagonal, ...diagonal]), 1, HALF_OF_TEN],
  ['missed factors', featureMatrix(diagonal.slice(0, 2)), 1, 1],
  ['codes of two factors each', featureMatrix(diagonal.map((row) => [...row, ...row])), HALF_OF_TEN, 1],
  [
    'some of everything',
    featureMatrix([
      [0.7, 0.1, 0.05],
      [0.2, 0.6, 0.05],
      [0.1, 0.3, 0.9],
      [0, 0, 0],
    ]),
    0.3449453294,
    0.4964604852,
  ],
];

describe('disentanglementOf and completenessOf', () => {
  it.each(CASES)('%s', (_, importances, disentanglement, completeness) => {
    expect(disentanglementOf(importances)).toBeCloseTo(disentanglement, 8);
    expect(completenessOf(importances)).toBeCloseTo(completeness, 8);
  });

  it('are 1 where there is but one thing to matter to', () => {
    expect(disentanglementOf(featureMatrix([[0.4], [0.6], [0]]))).toBe(1);
    expect(completenessOf(featureMatrix([[0.4, 0.6]]))).toBe(1);
    expect([...completenessPerFactor(featureMatrix([[0.4, 0]]))]).toEqual([1, 0]);
    expect(disentanglementOf(featureMatrix([[0]]))).toBe(0);
  });

  it('refuse what are no importances', () => {
    expect(() => disentanglementOf(featureMatrix([[1, -1]]))).toThrow(/importances\[0, 1\]/);
    expect(() => completenessOf(featureMatrix([[Number.NaN]]))).toThrow(InvalidOptionError);
    expect(() => completenessOf({ rows: 0, columns: 3, data: new Float64Array(0) })).toThrow(
      InvalidOptionError,
    );
    expect(() => completenessOf({ rows: 1, columns: 3, data: new Float64Array(1) })).toThrow(
      ShapeMismatchError,
    );
  });
});
