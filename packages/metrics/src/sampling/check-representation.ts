import { checkFinite, checkMatrix, type FeatureMatrix } from '@factornet/core/samples';
import { InvalidOptionError, ShapeMismatchError } from '@factornet/spec';
import type { Representation, RepresentationSampler } from '../representation';

export function isSampler(representation: Representation): representation is RepresentationSampler {
  return 'encode' in representation;
}

/**
 * @throws ShapeMismatchError unless codes and factors have as many rows, and data as long as their shapes
 * @throws InvalidOptionError without examples, codes or factors, for a code that is not finite, or for a factor that is
 * no whole number from 0
 */
export function checkRepresentation(representation: Representation): void {
  if (isSampler(representation)) {
    checkSizes(representation.factorSizes);
    return;
  }
  const { codes, factors } = representation;
  checkCodes(codes, factors.rows);
  checkMatrix('factors', factors);
  if (codes.rows === 0) {
    throw new InvalidOptionError({ option: 'codes.rows', expected: 'at least 1', received: 0 });
  }
  if (factors.columns === 0) {
    throw new InvalidOptionError({ option: 'factors.columns', expected: 'at least 1', received: 0 });
  }
  for (let index = 0; index < factors.data.length; index++) {
    const value = factors.data[index] as number;
    if (Number.isInteger(value) && value >= 0) continue;
    throw new InvalidOptionError({
      option: `factors[${Math.floor(index / factors.columns)}, ${index % factors.columns}]`,
      expected: 'a whole number from 0 (number the values of a factor first)',
      received: value,
    });
  }
}

/** @throws ShapeMismatchError unless there are `rows` rows; InvalidOptionError without columns or for what is not finite */
export function checkCodes(codes: FeatureMatrix, rows: number): void {
  checkMatrix('codes', codes);
  if (codes.rows !== rows) {
    throw new ShapeMismatchError({
      what: 'codes',
      expected: [rows, null],
      received: [codes.rows, codes.columns],
    });
  }
  if (codes.columns === 0) {
    throw new InvalidOptionError({ option: 'codes.columns', expected: 'at least 1', received: 0 });
  }
  checkFinite('codes', codes);
}

function checkSizes(sizes: readonly number[]): void {
  if (sizes.length === 0) {
    throw new InvalidOptionError({ option: 'factorSizes', expected: 'not empty', received: 0 });
  }
  for (const [factor, size] of sizes.entries()) {
    if (Number.isInteger(size) && size >= 1) continue;
    throw new InvalidOptionError({
      option: `factorSizes[${factor}]`,
      expected: 'a whole number from 1',
      received: size,
    });
  }
}
