import { columnsOf, type FeatureMatrix, numberAt } from '@factornet/core/samples';
import { InvalidOptionError } from '@factornet/spec';
import { isConstant } from './columns';

export interface VaryingFactors {
  /** `[examples, kept factors]` */
  readonly factors: FeatureMatrix;
  /** Their positions among all factors. */
  readonly positions: readonly number[];
  /** One note if something was left out. */
  readonly notes: readonly string[];
}

/**
 * The factors that have two values at least among these examples: nothing can be told about one that never changes.
 *
 * @throws InvalidOptionError if fewer than `atLeast` vary
 */
export function varyingFactors(factors: FeatureMatrix, atLeast = 1): VaryingFactors {
  const columns = columnsOf(factors);
  const positions = [...columns.keys()].filter((factor) => !isConstant(columns[factor] as Float64Array));
  if (positions.length < atLeast) {
    const expected = `${atLeast === 1 ? 'one' : 'two'} at least with two values or more`;
    throw new InvalidOptionError(
      { option: 'factors', expected, received: positions.length },
      { hint: 'Measure on examples among which more factors change.' },
    );
  }
  if (positions.length === columns.length) return { factors, positions, notes: [] };
  const { rows } = factors;
  const data = new Float64Array(rows * positions.length);
  for (const [to, from] of positions.entries()) {
    const column = columns[from] as Float64Array;
    for (let row = 0; row < rows; row++) data[row * positions.length + to] = numberAt(column, row);
  }
  const dropped = [...columns.keys()].filter((factor) => !positions.includes(factor));
  return {
    factors: { rows, columns: positions.length, data },
    positions,
    notes: [`Left out, with a single value: ${name(dropped)}.`],
  };
}

function name(factors: readonly number[]): string {
  return `factor${factors.length === 1 ? '' : 's'} ${factors.join(', ')}`;
}
