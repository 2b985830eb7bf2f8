import { randomStream } from '@factornet/core/training';
import { type Dataset, eachBatch } from '@factornet/data';
import { dispose } from '@tensorflow/tfjs';
import type { TapReading } from '../objective/tap-reading';
import type { TeacherLookUp } from './teacher-cache';

/** Of every number of a reading, example by example, in its order. */
export interface ReadingMoments {
  readonly mean: Float32Array;
  /** The root of the mean square about the mean. */
  readonly deviation: Float32Array;
}

export interface ReadingMomentsOptions {
  /** Which readings, of those that are kept. */
  readonly readings: readonly TapReading[];
  /** Chooses the examples. */
  readonly seed: number;
  /** At most so many. Default 4096: deviations are within 1 % or so. */
  readonly examples?: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Mean and deviation of what is read of a teacher's taps, for each of some readings by tap, over up to 4096 examples chosen
 * by the seed. Sums are taken in double precision and in one order, so that it makes no difference whether answers were kept.
 *
 * @throws CancelledError on `signal`
 */
export async function measureReadings(
  lookUp: TeacherLookUp,
  data: Dataset,
  { readings, seed, examples = 4096, signal }: ReadingMomentsOptions,
): Promise<Map<TapReading, Record<string, ReadingMoments>>> {
  const indices = randomStream(seed, 'moments').permutation(data.size).slice(0, examples).sort();
  const sums = readings.map((): Record<string, Sums> => ({}));
  const pass = { indices, operation: "Measuring the teacher's features", signal };
  await eachBatch(
    data,
    readings.length === 0 ? { ...pass, indices: new Int32Array() } : pass,
    async (batch) => {
      const images = lookUp.kept ? undefined : batch.images;
      const answers = await lookUp({ indices: batch.indices, images, readings });
      try {
        for (const [place, taps] of sums.entries()) {
          for (const [tap, features] of Object.entries(answers.readings[place] ?? {})) {
            const values = await features.data<'float32'>();
            taps[tap] ??= startSums(values, values.length / batch.indices.length);
            addRows(taps[tap], values);
          }
        }
      } finally {
        dispose([answers.readings, answers.logits] as never);
      }
    },
  );
  const momentsOf = (taps: Record<string, Sums>) =>
    Object.fromEntries(Object.entries(taps).map(([tap, each]) => [tap, momentsOfSums(each, indices.length)]));
  return new Map(readings.map((reading, place) => [reading, momentsOf(sums[place] ?? {})]));
}

/** Σ (value − shift) and Σ (value − shift)², the shift being the first row: large means take no digits away. */
interface Sums {
  readonly shift: Float64Array;
  readonly first: Float64Array;
  readonly second: Float64Array;
}

function startSums(values: Float32Array, columns: number): Sums {
  return {
    shift: Float64Array.from(values.subarray(0, columns)),
    first: new Float64Array(columns),
    second: new Float64Array(columns),
  };
}

function addRows({ shift, first, second }: Sums, values: Float32Array): void {
  for (let start = 0; start < values.length; start += shift.length) {
    for (let column = 0; column < shift.length; column++) {
      const value = (values[start + column] as number) - (shift[column] as number);
      first[column] = (first[column] as number) + value;
      second[column] = (second[column] as number) + value * value;
    }
  }
}

function momentsOfSums({ shift, first, second }: Sums, count: number): ReadingMoments {
  return {
    mean: Float32Array.from(shift, (value, column) => value + (first[column] as number) / count),
    deviation: Float32Array.from(second, (sum, column) =>
      Math.sqrt(Math.max(0, sum / count - ((first[column] as number) / count) ** 2)),
    ),
  };
}
