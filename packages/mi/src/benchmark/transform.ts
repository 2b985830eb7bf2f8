import type { FeatureMatrix } from '@factornet/core/samples';
import { InvalidOptionError } from '@factornet/spec';
import type { BenchmarkTask } from './task';

/** A one-to-one map of the points of one variable, row by row. */
export interface Transform {
  readonly name: string;
  /** Columns after the map. @throws InvalidOptionError if it does not take so many */
  features(columns: number): number;
  apply(points: FeatureMatrix): FeatureMatrix;
}

/** Maps every number by itself. */
export function elementwise(name: string, map: (value: number) => number): Transform {
  return {
    name,
    features: (columns) => columns,
    apply: ({ rows, columns, data }) => ({ rows, columns, data: Float64Array.from(data, map) }),
  };
}

export interface TransformedOptions {
  readonly name: string;
  readonly x?: Transform;
  readonly y?: Transform;
}

/**
 * The pairs of a task with x, y or both mapped one to one, which leaves their mutual information as it is. Seeds draw
 * the same pairs as of the task itself.
 *
 * @example
 * transformed(task, { name: 'cubed', y: elementwise('cube', (y) => y ** 3) });
 */
export function transformed(task: BenchmarkTask, { name, x, y }: TransformedOptions): BenchmarkTask {
  return {
    name,
    xFeatures: x?.features(task.xFeatures) ?? task.xFeatures,
    yFeatures: y?.features(task.yFeatures) ?? task.yFeatures,
    mutualInformation: task.mutualInformation,
    sample(count, seed) {
      const pairs = task.sample(count, seed);
      return { x: x?.apply(pairs.x) ?? pairs.x, y: y?.apply(pairs.y) ?? pairs.y };
    },
  };
}

/** @throws InvalidOptionError unless a map gets columns that it can take */
export function checkColumns(name: string, columns: number, isTaken: boolean, expected: string): void {
  if (isTaken) return;
  throw new InvalidOptionError({
    option: `columns of what ${name} maps`,
    expected,
    received: columns,
  });
}
