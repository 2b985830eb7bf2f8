import { columnOf, type FeatureMatrix, integerAt, selectRows } from '@factornet/core/samples';
import type { RandomStream } from '@factornet/core/training';
import { InvalidOptionError } from '@factornet/spec';
import type { FixedRepresentation, Representation, RepresentationSampler } from '../representation';
import { checkRepresentation, isSampler } from './check-representation';
import { encodeFactors } from './encode-factors';

/** Codes of examples that agree in one factor. */
export interface FixedFactorSource {
  /** Positions of the factors that can be held fixed: those with two values at least. */
  readonly factors: readonly number[];
  readonly notes: readonly string[];
  /**
   * Batches of `size` examples, one after another: `[held.length · size, codes]`. All examples of batch b have the same
   * value, drawn uniformly, of the factor `held[b]`.
   */
  drawBatches(held: ArrayLike<number>, size: number, stream: RandomStream): Promise<FeatureMatrix>;
  /**
   * As many pairs of examples as `held` is long: row r of both results agrees in the factor `held[r]`, whose value is
   * drawn uniformly for each pair.
   */
  drawPairs(held: ArrayLike<number>, stream: RandomStream): Promise<readonly [FeatureMatrix, FeatureMatrix]>;
}

/**
 * Where batches with one factor held fixed come from. A sampler draws all other factors uniformly and independently. From
 * fixed arrays rows are drawn that have the value, however their other factors are distributed: a batch with replacement,
 * so that few rows make a batch too; a pair without. Values that only one row has are never drawn, and a factor without
 * two rows that share a value is left out; both with a note.
 *
 * @throws InvalidOptionError, ShapeMismatchError as `drawRepresentation`
 * @throws InvalidOptionError if fewer than two factors can be held fixed
 */
export function fixedFactorSource(representation: Representation): FixedFactorSource {
  checkRepresentation(representation);
  const source = isSampler(representation) ? sampledSource(representation) : arraySource(representation);
  if (source.factors.length < 2) {
    throw new InvalidOptionError(
      {
        option: 'factors',
        expected: 'two at least with two values or more, each shared by examples',
        received: source.factors.length,
      },
      { hint: 'Measure on examples among which more factors change.' },
    );
  }
  return source;
}

function sampledSource(sampler: RepresentationSampler): FixedFactorSource {
  const { factorSizes: sizes } = sampler;
  const factors = [...sizes.keys()].filter((factor) => (sizes[factor] as number) > 1);
  const draw = (rows: number, stream: RandomStream): FeatureMatrix => {
    const data = new Float64Array(rows * sizes.length);
    for (let at = 0; at < data.length; at++) data[at] = stream.integer(sizes[at % sizes.length] as number);
    return { rows, columns: sizes.length, data };
  };
  return {
    factors,
    notes: leftOut(sizes.length, factors, 'with a single value'),
    drawBatches(held, size, stream) {
      const drawn = draw(held.length * size, stream);
      for (let row = 0; row < drawn.rows; row++) {
        const batch = Math.floor(row / size);
        const factor = held[batch] as number;
        drawn.data[row * sizes.length + factor] = drawn.data[batch * size * sizes.length + factor] as number;
      }
      return encodeFactors(sampler, drawn);
    },
    async drawPairs(held, stream) {
      const left = draw(held.length, stream);
      const right = draw(held.length, stream);
      for (let row = 0; row < held.length; row++) {
        const at = row * sizes.length + (held[row] as number);
        right.data[at] = left.data[at] as number;
      }
      return [await encodeFactors(sampler, left), await encodeFactors(sampler, right)];
    },
  };
}

function arraySource({ codes, factors: values }: FixedRepresentation): FixedFactorSource {
  const all = Array.from({ length: values.columns }, (_, factor) => groupRows(values, factor));
  const shared = all.map((groups) => groups.filter((rows) => rows.length > 1));
  const factors = [...all.keys()].filter(
    (factor) => all[factor]?.length !== 1 && shared[factor]?.length !== 0,
  );
  const single = factors.reduce(
    (sum, factor) => sum + (all[factor]?.length ?? 0) - (shared[factor]?.length ?? 0),
    0,
  );
  const groupOf = (factor: number, stream: RandomStream): Int32Array => {
    const groups = shared[factor] as readonly Int32Array[];
    return groups[stream.integer(groups.length)] as Int32Array;
  };
  return {
    factors,
    notes: [
      ...leftOut(all.length, factors, 'with a single value, or none that two examples share'),
      ...(single === 0 ? [] : [`Left out ${single} values of factors that one example only has.`]),
    ],
    async drawBatches(held, size, stream) {
      const rows = new Int32Array(held.length * size);
      for (let batch = 0; batch < held.length; batch++) {
        const group = groupOf(held[batch] as number, stream);
        for (let at = 0; at < size; at++)
          rows[batch * size + at] = integerAt(group, stream.integer(group.length));
      }
      return selectRows(codes, rows);
    },
    async drawPairs(held, stream) {
      const left = new Int32Array(held.length);
      const right = new Int32Array(held.length);
      for (let row = 0; row < held.length; row++) {
        const group = groupOf(held[row] as number, stream);
        const first = stream.integer(group.length);
        const second = (first + 1 + stream.integer(group.length - 1)) % group.length;
        left[row] = integerAt(group, first);
        right[row] = integerAt(group, second);
      }
      return [selectRows(codes, left), selectRows(codes, right)];
    },
  };
}

/** Rows by their value of a factor. */
function groupRows(factors: FeatureMatrix, factor: number): readonly Int32Array[] {
  const groups = new Map<number, number[]>();
  for (const [row, value] of columnOf(factors, factor).entries()) {
    const group = groups.get(value);
    if (group === undefined) groups.set(value, [row]);
    else group.push(row);
  }
  return [...groups.values()].map((group) => Int32Array.from(group));
}

function leftOut(count: number, kept: readonly number[], reason: string): string[] {
  const dropped = Array.from({ length: count }, (_, factor) => factor).filter(
    (factor) => !kept.includes(factor),
  );
  if (dropped.length === 0) return [];
  return [`Left out, ${reason}: factor${dropped.length === 1 ? '' : 's'} ${dropped.join(', ')}.`];
}
