import { at, type FeatureMatrix, type MeasuredColumn, measureColumns } from '@factornet/core/samples';
import { InvalidOptionError } from '@factornet/spec';

/** Steps of 64-bit (or 32-bit) numbers that the spread of a column has to have. */
const FEWEST_STEPS = 20;
/** Where squares of differences are still finite; what is farther is far enough there. */
const FARTHEST = 1e150;
/** Of 32-bit numbers, relative to them. */
const SHORT_STEP = 2 ** -23;

export interface ScaledColumns {
  /** The columns that vary, about their medians, so that an offset or an outlier takes no digits from the others. */
  readonly points: FeatureMatrix;
  /** The spread of each of them, in the scale of `points`. */
  readonly spreads: readonly number[];
}

/**
 * Centres columns, and divides them by their spread if `standardise`.
 *
 * @throws InvalidOptionError for a column whose numbers are too coarse for its spread, such as small differences beside a
 * large offset, or whose spread is beyond what can be divided by
 */
export function scaleColumns(what: string, samples: FeatureMatrix, standardise: boolean): ScaledColumns {
  const { rows } = samples;
  const found = measureColumns(samples);
  requireDigits(what, samples, found);
  const points = new Float64Array(rows * found.length);
  for (const [position, { column, median, spread }] of found.entries()) {
    const unit = standardise ? spread : 1;
    if (!standardise) requireUnit(`${what}, column ${column}`, spread);
    for (let row = 0; row < rows; row++) {
      const point = (at(samples, row, column) - median) / unit;
      points[row * found.length + position] = Math.max(-FARTHEST, Math.min(FARTHEST, point));
    }
  }
  const spreads = found.map(({ spread }) => (standardise ? 1 : spread));
  return { points: { rows, columns: found.length, data: points }, spreads };
}

/**
 * @throws InvalidOptionError for a column whose numbers are too coarse for its spread, or whose spread is beyond what can be
 * divided by
 */
export function checkDigits(what: string, samples: FeatureMatrix): void {
  requireDigits(what, samples, measureColumns(samples));
}

/**
 * Whether 32-bit numbers, in which networks compute, can hold a matrix.
 *
 * @throws InvalidOptionError for a column whose numbers they cannot tell apart, or whose squares they cannot hold
 */
export function checkShortNumbers(what: string, samples: FeatureMatrix): void {
  for (const { column, median, spread } of measureColumns(samples)) {
    const step = Math.abs(median) * SHORT_STEP;
    if (spread >= FEWEST_STEPS * step && spread > 1e-15 && spread < 1e15) continue;
    throw new InvalidOptionError(
      {
        option: `${what}, column ${column}`,
        expected: 'numbers that 32 bits tell apart and can square',
        received: `a standard deviation of ${spread.toPrecision(2)} about ${median.toPrecision(3)}`,
      },
      {
        hint: "Take transform: 'rank-normal' or 'standardise', or subtract the offset and choose other units.",
      },
    );
  }
}

/** How much larger a column's standard deviation is than the spread of the middle half of its rows, at most. */
export function largestExcess(samples: FeatureMatrix): number {
  return measureColumns(samples).reduce((most, { excess }) => Math.max(most, excess), 0);
}

/** Distances are squared for the Euclidean norm. */
function requireUnit(option: string, spread: number): void {
  if (spread > 1e-150 && spread < 1e150) return;
  throw new InvalidOptionError(
    { option, expected: 'a spread from 1e-150 to 1e150 without standardise', received: spread },
    { hint: 'Divide x and y by one constant, or standardise.' },
  );
}

function requireDigits(what: string, { data }: FeatureMatrix, measured: readonly MeasuredColumn[]): void {
  const isShort = data instanceof Float32Array;
  for (const { column, median, spread } of measured) {
    const step = Math.abs(median) * (isShort ? SHORT_STEP : Number.EPSILON);
    if (spread >= FEWEST_STEPS * step) continue;
    throw new InvalidOptionError(
      {
        option: `${what}, column ${column}`,
        expected: `numbers whose digits tell them apart, ${FEWEST_STEPS} steps to a standard deviation`,
        received: `a standard deviation of ${spread.toPrecision(2)} about ${median.toPrecision(3)}, where ${isShort ? 32 : 64}-bit numbers are ${step.toPrecision(2)} apart`,
      },
      { hint: 'Subtract the offset where the numbers are made, before they are rounded to it.' },
    );
  }
}
