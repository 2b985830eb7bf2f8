import { type FeatureMatrix, learnPreparation } from '@factornet/core/samples';
import { InvalidOptionError } from '@factornet/spec';

/** Where outliers make a standard deviation this many times the spread of most rows, the latter is the scale. */
const MOST_EXCESS = 1e4;
/** Steps of 64-bit (or 32-bit) numbers that the spread of a column has to have. */
const FEWEST_STEPS = 20;
/** Where squares of differences are still finite; what is farther is far enough there. */
const FARTHEST = 1e150;
/** Of 32-bit numbers, relative to them. */
const SHORT_STEP = 2 ** -23;
/** Of the middle half of a normal distribution, in standard deviations. */
const NORMAL_RANGE = 1.349;

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
  const { rows, columns, data } = samples;
  const found = measureColumns(samples);
  requireDigits(what, samples, found);
  const points = new Float64Array(rows * found.length);
  for (const [position, { column, median, spread }] of found.entries()) {
    const unit = standardise ? spread : 1;
    if (!standardise) requireUnit(`${what}, column ${column}`, spread);
    for (let row = 0; row < rows; row++) {
      const point = ((data[row * columns + column] as number) - median) / unit;
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

export interface MeasuredColumn {
  readonly column: number;
  readonly median: number;
  /** The standard deviation, unless a few values decide it. */
  readonly spread: number;
  /** The same of the middle half alone, unless that is 0. */
  readonly width: number;
  /** The standard deviation over what it would be of a normal distribution with these quartiles; 0 if they are equal. */
  readonly excess: number;
}

/** The columns that vary. @throws InvalidOptionError for a spread beyond what can be divided by */
export function measureColumns(samples: FeatureMatrix): MeasuredColumn[] {
  const { rows, columns, data } = samples;
  const { kept, deviation: deviations } = learnPreparation(samples, false);
  return Array.from(kept, (column, position) => {
    const sorted = Float64Array.from(
      { length: rows },
      (_, row) => data[row * columns + column] as number,
    ).sort();
    const median = sorted[rows >> 1] as number;
    const deviation = deviations[position] as number;
    const range = middleRange(sorted);
    const excess = range > 0 ? deviation / range : 0;
    const spread = excess > MOST_EXCESS ? range : deviation;
    return { column, median, spread, width: range > 0 ? range : deviation, excess };
  });
}

/** The standard deviation of a normal distribution with the quartiles of these sorted numbers. */
function middleRange(sorted: Float64Array): number {
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] as number;
  return (at(0.75) - at(0.25)) / NORMAL_RANGE;
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
