import { columnsOf, type FeatureMatrix, numberAt } from '@factornet/core/samples';
import { Matrix } from 'ml-matrix';
import { centred, isConstant } from './columns';

export interface VaryingCodes {
  /** Codes that are not constant, one array each. */
  readonly columns: readonly Float64Array[];
  /** Their positions among all codes. */
  readonly positions: readonly number[];
  readonly notes: readonly string[];
}

/** The codes that change at all, with a note if some do not. */
export function varyingCodes(codes: FeatureMatrix): VaryingCodes {
  const all = columnsOf(codes);
  const positions = [...all.keys()].filter((code) => !isConstant(all[code] as Float64Array));
  const dropped = all.length - positions.length;
  return {
    columns: positions.map((code) => all[code] as Float64Array),
    positions,
    notes: dropped === 0 ? [] : [`Left out ${dropped} of ${all.length} codes, which are constant.`],
  };
}

/** The covariance matrix of columns, with divisor n − 1. */
export function covarianceOf(columns: readonly Float64Array[]): Matrix {
  const deviations = columns.map(centred);
  const covariance = new Matrix(columns.length, columns.length);
  for (const [row, left] of deviations.entries()) {
    for (let column = row; column < deviations.length; column++) {
      const right = deviations[column] as Float64Array;
      let sum = 0;
      for (let index = 0; index < left.length; index++) sum += numberAt(left, index) * numberAt(right, index);
      covariance.set(row, column, sum / (left.length - 1));
      covariance.set(column, row, sum / (left.length - 1));
    }
  }
  return covariance;
}
