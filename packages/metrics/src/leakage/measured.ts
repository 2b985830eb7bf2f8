import { numberAt } from '@factornet/core/samples';
import type { ExampleScores } from './task-probe';

/** A figure with its standard error over draws of the examples that it was read on. */
export interface Measured {
  readonly value: number;
  readonly standardError: number;
}

/**
 * A figure, and how far each example moved it: as much as the figure would change, to first order, if the example counted
 * more. Figures that were read on the same examples are added up example by example, so that errors they share are kept.
 */
export interface Influenced {
  readonly value: number;
  /** `[examples of the test half]`, of sum 0. */
  readonly influence: Float64Array;
}

/** Examples with a label, and the mean of their scores. */
export function meanScore(scores: ExampleScores): { readonly examples: number; readonly mean: number } {
  const known = scores.filter((score) => !Number.isNaN(score));
  return { examples: known.length, mean: known.reduce((sum, score) => sum + score, 0) / known.length };
}

/**
 * `L = (a − c) / (r − c)` of mean scores a of what is read, c of a guess and r of what is compared with, all on the same
 * examples. By the delta method example i moves it by `[(a_i − c_i) − L (r_i − c_i)] / (r − c) / n`: of accuracies
 * `Var(a − c) = [p + q − (p − q)²] / n`, with p the share that only the first gets right and q that only the second does.
 */
export function normalisedScore(
  own: ExampleScores,
  chance: ExampleScores,
  ceiling: ExampleScores,
): Influenced {
  const { examples, mean: c } = meanScore(chance);
  const reach = meanScore(ceiling).mean - c;
  const value = (meanScore(own).mean - c) / reach;
  const influence = chance.map((guess, row) =>
    Number.isNaN(guess)
      ? 0
      : (numberAt(own, row) - guess - value * (numberAt(ceiling, row) - guess)) / reach / examples,
  );
  return { value, influence };
}

/** The mean of figures that were read on the same examples. */
export function meanOf(figures: readonly Influenced[]): Influenced {
  const first = figures[0]?.influence ?? new Float64Array(0);
  const influence = first.map((_, row) => {
    return figures.reduce((sum, each) => sum + numberAt(each.influence, row), 0) / figures.length;
  });
  return { value: figures.reduce((sum, { value }) => sum + value, 0) / figures.length, influence };
}

export function measured({ value, influence }: Influenced): Measured {
  return { value, standardError: Math.sqrt(influence.reduce((sum, each) => sum + each * each, 0)) };
}

/** A guess's score, its standard error over draws of the examples, and how many of them have a label. */
export function guessOf(scores: ExampleScores) {
  const { mean: chance, examples: tested } = meanScore(scores);
  const squares = scores.reduce((sum, score) => sum + (Number.isNaN(score) ? 0 : (score - chance) ** 2), 0);
  return { chance, standardError: Math.sqrt(squares) / tested, tested };
}
