import { expectCloseArrays } from '@factornet/core/testing';
import { randomStream } from '@factornet/core/training';
import type { FeatureMatrix } from '@factornet/metrics';
import { describe, expect, it } from 'vitest';
import { fitLogitScale } from './fit-logit-scale';

const [rows, features] = [400, 5];
const indices = [4, 1, 2];
const space = 6;

function matrix(columns: number, at: (row: number, column: number) => number): FeatureMatrix {
  const data = Float64Array.from({ length: rows * columns }, (_, index) =>
    at(Math.floor(index / columns), index % columns),
  );
  return { rows, columns, data };
}

const normals = (columns: number, key: string) => {
  const values = randomStream(1, key).normals(rows * columns);
  return matrix(columns, (row, column) => values[row * columns + column] as number);
};
const at = ({ columns, data }: FeatureMatrix, row: number, column: number) =>
  data[row * columns + column] as number;
const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const rowOf = (from: FeatureMatrix, row: number) =>
  Array.from({ length: from.columns }, (_, column) => at(from, row, column));

/** The teacher's logits are linear in the codes, so that nothing but the ridge penalty stands in the way. */
const codes = normals(features, 'codes');
const mixing = randomStream(1, 'mixing').normals(features * space);
const teacherLogits = matrix(space, (row, column) => {
  return rowOf(codes, row).reduce(
    (sum, value, index) => sum + 2 * value * (mixing[index * space + column] as number),
    1,
  );
});
/** What has to come out: the teacher's logits less their mean over all of its classes. */
const wanted = matrix(indices.length, (row, index) => {
  return at(teacherLogits, row, indices[index] as number) - meanOf(rowOf(teacherLogits, row));
});

function scaledLogits(logits: FeatureMatrix): FeatureMatrix {
  const fitted = fitLogitScale({ codes, logits, teacherLogits, indices });
  if (fitted === undefined) throw new Error('nothing was fitted');
  const { scale, mean } = fitted;
  return matrix(logits.columns, (row, column) => {
    const own = rowOf(logits, row);
    const target = rowOf(codes, row).reduce(
      (sum, value, index) => sum + value * (mean.coefficients[index] as number),
      mean.intercept,
    );
    return scale * ((own[column] as number) - meanOf(own) + target);
  });
}

describe('fitLogitScale', () => {
  it("finds the teacher's logits again that were shrunk and moved by any amount per picture", () => {
    const shifts = normals(1, 'shifts');
    const logits = matrix(
      indices.length,
      (row, column) => at(wanted, row, column) / 2.5 + 10 * at(shifts, row, 0),
    );
    const fitted = fitLogitScale({ codes, logits, teacherLogits, indices });
    // But for the prior of the fit, which weighs as much as one of the 400 pictures.
    expect(fitted?.scale).toBeCloseTo(2.5, 1);
    // The penalty of 0.01 takes about one part in a hundred off each coefficient.
    expectCloseArrays(scaledLogits(logits).data, wanted.data, { absolute: 0.1, relative: 0.05 });
  });

  it('weighs as much as the teacher where a factor is sure of a class that the teacher is not sure of', () => {
    // On every second picture, as on those of other classes, the factor favours its first class by far.
    const logits = matrix(indices.length, (row, column) => {
      return at(wanted, row, column) + (row % 2 === 0 && column === 0 ? 12 : 0);
    });
    const odd = matrix(features, (row, column) =>
      column === 0 ? (row % 2) * 2 - 1 : at(codes, row, column),
    );
    const fitted = fitLogitScale({ codes: odd, logits, teacherLogits, indices });
    const excess = (parity: number) => {
      const differences: number[] = [];
      for (let row = parity; row < rows; row += 2) {
        const own = rowOf(logits, row);
        const target = rowOf(odd, row).reduce(
          (sum, value, index) => sum + value * (fitted?.mean.coefficients[index] as number),
          fitted?.mean.intercept as number,
        );
        const scaled = own.map((value) => (fitted?.scale as number) * (value - meanOf(own) + target));
        differences.push(logSumExp(scaled) - logSumExp(rowOf(wanted, row)));
      }
      return Math.abs(meanOf(differences));
    };
    // Equal means in place of equal evidence would leave an excess of about 12 · scale · 2 / 3.
    expect(excess(0)).toBeLessThan(1.5);
    expect(excess(1)).toBeLessThan(1.5);
  });

  it('takes a factor for all classes of its label space', () => {
    const all = [0, 1, 2, 3, 4, 5];
    const fitted = fitLogitScale({ codes, logits: teacherLogits, teacherLogits, indices: all });
    expect(fitted?.scale).toBeCloseTo(1, 9);
    expectCloseArrays(
      [...(fitted?.mean.coefficients ?? []), fitted?.mean.intercept ?? 9],
      new Array(features + 1).fill(0),
      {
        absolute: 1e-9,
      },
    );
  });

  it('fits no scale to logits that fall where the teacher’s rise, or that say nothing', () => {
    const fitted = (logits: FeatureMatrix) => fitLogitScale({ codes, logits, teacherLogits, indices });
    expect(fitted(matrix(3, (row, column) => -at(wanted, row, column)))).toBeUndefined();
    expect(fitted(matrix(3, () => 1))).toBeUndefined();
  });
});

function logSumExp(values: readonly number[]): number {
  return Math.log(values.reduce((sum, value) => sum + Math.exp(value), 0));
}
