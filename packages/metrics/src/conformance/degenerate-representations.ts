import { at, type FeatureMatrix } from '@factornet/core/samples';
import type { FixedRepresentation } from '../representation';

export type Degenerate = (representation: FixedRepresentation) => FixedRepresentation;

/** What metrics have to cope with: the number is low, or a note says what was left out. */
export const USUAL: Readonly<Record<string, Degenerate>> = {
  'a constant code': ({ codes, factors }) => ({ codes: setColumn(codes, 0, () => 0.7), factors }),
  'duplicated codes': ({ codes, factors }) => ({
    codes: chooseColumns(codes, [0, 1, 2, 3, 0, 1, 2, 3]),
    factors,
  }),
  'a factor with a single value': ({ codes, factors }) => ({
    codes,
    factors: setColumn(chooseColumns(factors, [0, 1, 0]), 2, () => 4),
  }),
  'a class that nothing has': ({ codes, factors }) => ({
    codes,
    factors: setColumn(factors, 0, (value) => (value === 1 ? 5 : value)),
  }),
  'a class that one example has': ({ codes, factors }) => ({
    codes,
    factors: setColumn(factors, 0, (value, row) => (row === 7 ? 9 : value)),
  }),
};

/** What a metric may refuse, but not with NaN. */
export const DEGENERATE: Readonly<Record<string, Degenerate>> = {
  'constant codes only': ({ codes, factors }) => ({
    codes: { ...codes, data: new Float64Array(codes.data.length).fill(-2) },
    factors,
  }),
  'a single code': ({ codes, factors }) => ({ codes: chooseColumns(codes, [1]), factors }),
  'a single factor': ({ codes, factors }) => ({ codes, factors: chooseColumns(factors, [1]) }),
  'factors that never change': ({ codes, factors }) => ({
    codes,
    factors: { ...factors, data: new Float64Array(factors.data.length) },
  }),
  'two examples': ({ codes, factors }) => ({ codes: firstRows(codes, 2), factors: firstRows(factors, 2) }),
  'no example': ({ codes, factors }) => ({ codes: firstRows(codes, 0), factors: firstRows(factors, 0) }),
  'very large codes': ({ codes, factors }) => ({
    codes: { ...codes, data: Float64Array.from(codes.data, (value) => value * 1e300) },
    factors,
  }),
  'very small codes': ({ codes, factors }) => ({
    codes: { ...codes, data: Float64Array.from(codes.data, (value) => value * 1e-300) },
    factors,
  }),
};

export function chooseColumns(matrix: FeatureMatrix, chosen: readonly number[]): FeatureMatrix {
  const { rows } = matrix;
  const data = new Float64Array(rows * chosen.length);
  for (const [to, from] of chosen.entries()) {
    for (let row = 0; row < rows; row++) data[row * chosen.length + to] = at(matrix, row, from);
  }
  return { rows, columns: chosen.length, data };
}

function setColumn(
  matrix: FeatureMatrix,
  column: number,
  change: (value: number, row: number) => number,
): FeatureMatrix {
  const data = Float64Array.from(matrix.data, (value, index) =>
    index % matrix.columns === column ? change(value, Math.floor(index / matrix.columns)) : value,
  );
  return { ...matrix, data };
}

function firstRows({ columns, data }: FeatureMatrix, rows: number): FeatureMatrix {
  return { rows, columns, data: data.slice(0, rows * columns) };
}
