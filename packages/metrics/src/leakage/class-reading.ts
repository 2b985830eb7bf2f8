import { integerAt, selectRows } from '@factornet/core/samples';
import { InvalidOptionError } from '@factornet/spec';
import { accuracy, countClasses } from '../accuracy';
import { linearProbe } from '../probe/linear-probe';
import type { Halves } from './halves';
import type { ProbedLabels, ReadingRequest, TaskReading } from './task-probe';

/** What a classification is read by. */
export interface ProbedClasses {
  readonly name: string;
  readonly classes: readonly string[];
}

/**
 * Accuracy of a linear probe. The guess is learnt from the training half as the probe is, so that features without
 * information score chance on average, not below it.
 *
 * @throws InvalidOptionError if a half has no labelled example
 */
export function readClasses(task: ProbedClasses, { labels, halves, options }: ReadingRequest): TaskReading {
  const { train, test, tested, guess } = cutLabels(task, labels, halves);
  const chance = accuracy(new Int32Array(test.length).fill(guess), test);
  const probe = linearProbe(options);
  return {
    chance,
    standardError: Math.sqrt((chance * (1 - chance)) / tested),
    tested,
    read(features) {
      const fitted = probe.fit(selectRows(features, halves.train), train, task.classes.length);
      return accuracy(fitted.predict(selectRows(features, halves.test)), test);
    },
  };
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
  return {
    train,
    test,
    tested: counts.test.reduce((sum, count) => sum + count, 0),
    /** The class most frequent in the training half. */
    guess: counts.train.indexOf(Math.max(...counts.train)),
  };
}
