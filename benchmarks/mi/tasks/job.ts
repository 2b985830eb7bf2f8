export interface TaskJob {
  readonly kind: 'task';
  /** Name of a benchmark task. */
  readonly task: string;
  /** Names of estimators, see estimators.ts; all get the same samples. */
  readonly estimators: readonly string[];
  readonly samples: number;
  readonly seed: number;
}

export interface TaskEstimate {
  readonly estimator: string;
  readonly value: number;
  readonly standardError: number | null;
  readonly warnings: readonly string[];
  readonly seconds: number;
}

export interface TaskResult {
  readonly truth: number;
  readonly estimates: readonly TaskEstimate[];
}
