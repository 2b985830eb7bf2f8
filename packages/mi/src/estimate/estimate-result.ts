import type { Direction } from '../estimator';
import type { Diagnosis } from './diagnose';

export type EstimateWarningCode =
  | 'cap-reached'
  | 'collapse'
  | 'above-log-samples'
  | 'variance-exploding'
  | 'critic-overfitting'
  | 'not-converged'
  | 'exponent-clipped'
  | 'negative-estimate'
  | 'learned-conditional'
  | 'duplicates'
  | 'dependent-rows'
  | 'biased-low'
  | 'outliers'
  | 'singleton-cells'
  | 'count-bias'
  | 'no-variation'
  | 'no-standard-error';

export interface EstimateWarning {
  readonly code: EstimateWarningCode;
  /** What it means for the value, and what to do next. */
  readonly message: string;
}

/** Held-out and training values at one check, in nats, means over batches. */
export interface CurvePoint {
  /** Training steps taken. */
  readonly step: number;
  readonly training: number;
  readonly validation: number;
}

export interface Estimate {
  /** The estimator's name. */
  readonly estimator: string;
  /** The critic's name, if there was one. */
  readonly critic?: string;
  /** Which side of the truth the value is on in expectation: the estimator's, unless its condition was not met. */
  readonly direction: Direction;
  /** In nats; may be negative, and is not clamped. */
  readonly value: number;
  /**
   * Of the value, from the spread of batches or subsamples; Infinity where too few samples tell nothing of it. For estimators
   * from counts it includes the bias of counts that was not subtracted.
   */
  readonly standardError: number;
  readonly unit: 'nats';
  /** The largest value there could have been, in nats. */
  readonly cap?: number;
  /** Empty without training. */
  readonly curve: readonly CurvePoint[];
  /** Means over the batches of the test rows; without a critic there are none. */
  readonly diagnostics?: Diagnosis & {
    /** Standard deviation of one batch's value, in nats. */
    readonly batchDeviation: number;
    /** The step whose weights were kept; 0 without training. */
    readonly bestStep: number;
  };
  readonly warnings: readonly EstimateWarning[];
  /** Rows. Those of test gave the value, copies taken once. */
  readonly samples: { readonly training: number; readonly validation: number; readonly test: number };
}
