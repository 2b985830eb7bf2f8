import { benchmarkTasks } from '@factornet/mi/benchmark';
import type { BenchmarkResults } from '../results';

/** Mean over seeds of estimate − truth, and of its size, per task and estimator. */
export interface TaskErrors {
  readonly task: string;
  /** The larger of both variables' dimensions. */
  readonly dimensions: number;
  readonly truth: number;
  readonly bias: Readonly<Record<string, number>>;
  readonly absolute: Readonly<Record<string, number>>;
}

/** In the order of the benchmark. */
export function taskErrors({ tasks }: Pick<BenchmarkResults, 'tasks'>): TaskErrors[] {
  return benchmarkTasks().map(({ name, xFeatures, yFeatures, mutualInformation }) => {
    const own = tasks.filter(({ job }) => job.task === name).flatMap(({ result }) => result.estimates);
    const mean = (measure: (error: number) => number) =>
      Object.fromEntries(
        [...new Set(own.map(({ estimator }) => estimator))].map((estimator) => {
          const runs = own.filter((each) => each.estimator === estimator);
          const total = runs.reduce((sum, { value }) => sum + measure(value - mutualInformation), 0);
          return [estimator, total / runs.length];
        }),
      );
    return {
      task: name,
      dimensions: Math.max(xFeatures, yFeatures),
      truth: mutualInformation,
      bias: mean((error) => error),
      absolute: mean(Math.abs),
    };
  });
}

/** Mean absolute error over tasks, per estimator; undefined where it was not run on all of them. */
export function meanAbsoluteError(errors: readonly TaskErrors[], estimator: string): number | undefined {
  const values = errors.map(({ absolute }) => absolute[estimator]);
  if (values.length === 0 || values.some((value) => value === undefined)) return undefined;
  return (values as number[]).reduce((sum, value) => sum + value, 0) / values.length;
}
