import type { FeatureMatrix } from '@factornet/core/samples';
import { randomStream } from '@factornet/core/training';
import { InvalidOptionError } from '@factornet/spec';
import { type Answers, answersOf } from './answers';
import { diagramOf, errorOf, type ReliabilityBin } from './reliability-diagram';

export interface MeasureCalibrationOptions {
  /** Default 15. */
  readonly bins?: number;
  /** How often examples are drawn anew, for the errors. Default 200. */
  readonly draws?: number;
  /** Default 0. */
  readonly seed?: number;
}

/** Whether a network is as often right as it is sure to be. */
export interface Calibration {
  /** The expected calibration error: 0 where it is. */
  readonly error: number;
  /** Of `error`: the deviation over samples of as many examples, drawn from these with replacement. */
  readonly standardError: number;
  /**
   * What `error` is on average for answers of the same confidences that are right exactly so often, with as many
   * examples: what chance alone makes of it, so that a smaller figure is no better.
   */
  readonly ofPerfect: number;
  /** From the least to the most confident answers: what a reliability diagram shows. */
  readonly bins: readonly ReliabilityBin[];
}

/**
 * The expected calibration error with its standard error, beside what chance alone makes of it, and the bins that it
 * is the sum of. Examples labelled −1 do not count.
 *
 * @param probabilities `[examples, classes]`, each row summing to 1
 * @throws as `expectedCalibrationError`; InvalidOptionError for draws below 2
 * @example
 * const { error, standardError, ofPerfect } = measureCalibration(probabilities, labels, { seed: 1 });
 */
export function measureCalibration(
  probabilities: FeatureMatrix,
  labels: ArrayLike<number>,
  { bins = 15, draws = 200, seed = 0 }: MeasureCalibrationOptions = {},
): Calibration {
  const answers = answersOf(probabilities, labels, bins);
  if (!Number.isInteger(draws) || draws < 2) {
    throw new InvalidOptionError({ option: 'draws', expected: 'a whole number from 2', received: draws });
  }
  const redrawn = redraw(answers, bins, draws, seed);
  const diagram = diagramOf(answers, bins);
  return {
    error: errorOf(diagram),
    standardError: deviationOf(redrawn.sampled),
    ofPerfect: meanOf(redrawn.perfect),
    bins: diagram,
  };
}

/** The error of as many examples drawn from these, and of these with their answers right as often as they say. */
function redraw(
  { count, confidences, rights, bins: binOf }: Answers,
  bins: number,
  draws: number,
  seed: number,
) {
  const stream = randomStream(seed, 'calibration');
  // Per bin: how many were right less the sum of confidences; its size cancels out of the formula.
  const [sampled, perfect] = [new Float64Array(bins), new Float64Array(bins)];
  const errors: Record<'sampled' | 'perfect', number[]> = { sampled: [], perfect: [] };
  for (let draw = 0; draw < draws; draw++) {
    sampled.fill(0);
    perfect.fill(0);
    for (let answer = 0; answer < count; answer++) {
      const chosen = Math.floor(stream.uniform() * count);
      const confidence = confidences[answer] as number;
      const right = stream.uniform() < confidence ? 1 : 0;
      addAt(sampled, binOf[chosen] as number, (rights[chosen] as number) - (confidences[chosen] as number));
      addAt(perfect, binOf[answer] as number, right - confidence);
    }
    errors.sampled.push(sizeOf(sampled) / count);
    errors.perfect.push(sizeOf(perfect) / count);
  }
  return errors;
}

function addAt(values: Float64Array, index: number, more: number): void {
  values[index] = (values[index] as number) + more;
}

function sizeOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + Math.abs(value), 0);
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function deviationOf(values: readonly number[]): number {
  const mean = meanOf(values);
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1));
}
