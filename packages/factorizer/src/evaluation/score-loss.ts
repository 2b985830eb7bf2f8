import { type FeatureMatrix, selectRows } from '@factornet/core/samples';
import { randomStream } from '@factornet/core/training';
import type { LabelValues } from '@factornet/data';
import type { TaskDescription } from '@factornet/spec';
import type { TrainableTaskKind } from '../kinds/trainable-task-kind';

/** How much of a score is lost, on the same examples. */
export interface ScoreLoss {
  /** The score of the task's kind as it is, less that with something taken away. */
  readonly lost: number;
  /** Of `lost`, over draws of examples: what both answers get right or wrong together does not count. */
  readonly standardError: number;
  /** How many had a label. */
  readonly examples: number;
}

export interface ScoreLossRequest {
  readonly task: TaskDescription;
  readonly kind: TrainableTaskKind;
  /** One label per row. */
  readonly labels: LabelValues;
  /** Outputs as they are, `[examples, outputs]`. */
  readonly whole: FeatureMatrix;
  /** Outputs with something taken away, of the same examples. */
  readonly without: FeatureMatrix;
  readonly seed: number;
}

/** Parts that are left out one by one; each takes a score of all the others. */
const PARTS = 50;

/**
 * What a score loses, with the error of that: a paired jackknife, which leaves out one of up to 50 random parts of the labelled
 * examples at a time. It asks for the score of a whole set alone, so that it holds for kinds that score no single example;
 * for a share of right answers it is the error of a mean of differences per example.
 *
 * @returns undefined where fewer than two examples have a label
 *
 * Source: Efron, Stein, "The jackknife estimate of variance", Annals of Statistics 9(3), 1981.
 */
export function scoreLoss({
  task,
  kind,
  labels,
  whole,
  without,
  seed,
}: ScoreLossRequest): ScoreLoss | undefined {
  const size = kind.labelSize(task);
  const labelled = Array.from({ length: whole.rows }, (_, row) => row).filter(
    (row) => kind.explainLabel(task, labels, row) !== undefined,
  );
  const parts = Math.min(PARTS, labelled.length);
  if (parts < 2) return undefined;
  const lostOn = (rows: readonly number[]) => {
    const own = labels.slice(0, rows.length * size);
    rows.forEach((row, at) => {
      own.set(labels.subarray(row * size, (row + 1) * size), at * size);
    });
    const scoreOf = (outputs: FeatureMatrix) => kind.measure(task, selectRows(outputs, rows), own);
    return scoreOf(whole) - scoreOf(without);
  };
  const order = randomStream(seed, 'jackknife', task.name).permutation(labelled.length);
  const partOf = new Map(labelled.map((row, index) => [row, (order[index] as number) % parts]));
  const partial = Array.from({ length: parts }, (_, part) =>
    lostOn(labelled.filter((row) => partOf.get(row) !== part)),
  );
  const mean = partial.reduce((sum, lost) => sum + lost, 0) / parts;
  const squares = partial.reduce((sum, lost) => sum + (lost - mean) ** 2, 0);
  const standardError = Math.sqrt((squares * (parts - 1)) / parts);
  return { lost: lostOn(labelled), standardError, examples: labelled.length };
}
