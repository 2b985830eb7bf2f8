import type { Representation } from './representation';

/** How far a slow metric has come. */
export interface MetricProgress {
  readonly metric: string;
  readonly done: number;
  readonly total: number;
  readonly secondsLeft: number;
}

export interface MetricRun {
  /** Of everything random. Default 0. */
  readonly seed?: number | undefined;
  readonly onProgress?: ((progress: MetricProgress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What a metric found. */
export interface MetricResult {
  readonly metric: string;
  /** Never NaN, unless `measureRepresentation` skips what cannot be measured; infinite only where the metric is, such as the total correlation of duplicated codes. */
  readonly value: number;
  /** What the value was made of, ready for JSON; `notes` says in words what was left out or is degenerate. */
  readonly details: Readonly<Record<string, unknown>> & { readonly notes?: readonly string[] };
}

/** A number about a representation: a plug-in, made by a factory such as `mig({ … })`. */
export interface Metric {
  readonly name: string;
  /** Least and largest value. */
  readonly range: readonly [number, number];
  /** What is better. */
  readonly better: 'high' | 'low';
  /** Whether it looks at factors, or at codes alone. */
  readonly needsFactors: boolean;
  /**
   * @throws CancelledError on `signal`
   * @throws InvalidOptionError, ShapeMismatchError for what it cannot be measured on
   */
  measure(representation: Representation, run?: MetricRun): Promise<MetricResult>;
}
