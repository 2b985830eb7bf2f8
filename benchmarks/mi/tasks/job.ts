export interface TaskJob {
  readonly kind: 'task';
  /** Name of a benchmark task. */
  readonly task: string;
  /** Name of an estimator, see estimators.ts. */
  readonly estimator: string;
  readonly samples: number;
  readonly seed: number;
}

export interface TaskResult {
  readonly value: number;
  readonly truth: number;
  readonly standardError: number | null;
  readonly warnings: readonly string[];
  readonly seconds: number;
}
