import { type FeatureMatrix, integerAt, selectRows } from '@factornet/core/samples';
import { InvalidOptionError, MISSING_LABEL } from '@factornet/spec';
import { countClasses } from '../accuracy';
import type { Probe } from '../probe/probe';
import type { Halves } from './halves';
import type { ExampleScores, ProbedLabels } from './task-probe';

/** What a classification is read by. */
export interface ProbedClasses {
  readonly name: string;
  readonly classes: readonly string[];
}

/** Labels of a classification, cut into halves. */
export interface ClassReading {
  readonly classes: number;
  readonly train: Int32Array;
  readonly test: Int32Array;
  readonly guess: ExampleScores;
}

/**
 * The guess is learnt from the training half as a probe is, so that features without information score chance on
 * average, not below it.
 *
 * @throws InvalidOptionError if a half has no labelled example
 */
export function startClasses(task: ProbedClasses, labels: ProbedLabels, halves: Halves): ClassReading {
  const { train, test, guess } = cutLabels(task, labels, halves);
  return {
    classes: task.classes.length,
    train,
    test,
    guess: scoresOf(
      test.map(() => guess),
      test,
    ),
  };
}

/** What a probe reads of several classifications at once, which share what features alone decide. */
export function readClasses(
  readings: readonly ClassReading[],
  features: FeatureMatrix,
  { train, test }: Halves,
  probe: Probe,
): ExampleScores[] {
  const targets = readings.map((reading) => ({ labels: reading.train, classes: reading.classes }));
  const predicted = probe.fitEach(selectRows(features, train), targets).predict(selectRows(features, test));
  return readings.map((reading, index) => scoresOf(predicted[index] as Int32Array, reading.test));
}

function scoresOf(predicted: Int32Array, labels: Int32Array): ExampleScores {
  return Float64Array.from(labels, (label, row) =>
    label === MISSING_LABEL ? Number.NaN : Number(integerAt(predicted, row) === label),
  );
}

/** Cuts one task's labels into halves. @throws InvalidOptionError if a half has no labelled example */
export function cutLabels(task: ProbedClasses, labels: ProbedLabels, halves: Halves) {
  const classes = task.classes.length;
  const train = halves.train.map((row) => integerAt(labels as Int32Array, row));
  const test = halves.test.map((row) => integerAt(labels as Int32Array, row));
  const counts = {
    train: countClasses(train, classes, task.name),
    test: countClasses(test, classes, task.name),
  };
  for (const [half, count] of Object.entries(counts)) {
    if (count.some((examples) => examples > 0)) continue;
    throw new InvalidOptionError(
      { option: `labels of "${task.name}"`, expected: `present in the ${half} half`, received: 'none' },
      { hint: 'Evaluate on more examples, or leave the task out of `tasks`.' },
    );
  }
  /** The class most frequent in the training half. */
  const guess = counts.train.indexOf(Math.max(...counts.train));
  return { train, test, guess };
}
