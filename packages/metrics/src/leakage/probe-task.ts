import { type FeatureMatrix, integerAt, selectRows } from '@factornet/core/samples';
import { InvalidOptionError } from '@factornet/spec';
import { accuracy, countClasses } from '../accuracy';
import type { LinearProbe } from '../probe/linear-probe';
import type { Halves } from './halves';

/** A task to read with a probe; a `TaskDescription` fits. */
export interface ProbedTask {
  readonly name: string;
  readonly classes: readonly string[];
}

/** Labels of one task, cut into the halves. */
export interface TaskHalves {
  readonly task: ProbedTask;
  readonly train: Int32Array;
  readonly test: Int32Array;
  /** Labelled examples of the test half. */
  readonly tested: number;
  /** Accuracy on the test half of always naming the class most frequent in the training half. */
  readonly chance: number;
}

/**
 * Cuts one task's labels into halves and finds what guessing achieves. The guess is learnt from the training
 * half as the probe is, so that features without information score chance on average, not below it.
 *
 * @throws InvalidOptionError if a half has no labelled example
 */
export function cutLabels(task: ProbedTask, labels: Int32Array, halves: Halves): TaskHalves {
  const classes = task.classes.length;
  const train = halves.train.map((row) => integerAt(labels, row));
  const test = halves.test.map((row) => integerAt(labels, row));
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
  const guess = counts.train.indexOf(Math.max(...counts.train));
  return {
    task,
    train,
    test,
    tested: counts.test.reduce((sum, count) => sum + count, 0),
    chance: accuracy(new Int32Array(test.length).fill(guess), test),
  };
}

/** Accuracy on the test half of a probe trained on the training half. */
export function probeAccuracy(
  probe: LinearProbe,
  features: FeatureMatrix,
  halves: Halves,
  { task, train, test }: TaskHalves,
): number {
  const fitted = probe.fit(selectRows(features, halves.train), train, task.classes.length);
  return accuracy(fitted.predict(selectRows(features, halves.test)), test);
}
