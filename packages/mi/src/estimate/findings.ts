import type { Critic } from '../critic';
import type {
  CriticEstimator,
  LabelledSampleEstimator,
  SampleEstimator,
  SampleMeasurement,
} from '../estimator';
import type { EstimateWarning } from './estimate-result';
import type { Evaluation } from './evaluate-critic';
import type { Training } from './train-critic';

/** What an estimate's warnings are made of. */
export interface Findings {
  readonly estimator: CriticEstimator | SampleEstimator | LabelledSampleEstimator;
  readonly value: number;
  readonly standardError: number;
  /** Rows that gave the value. */
  readonly rows: number;
  readonly cap?: number | undefined;
  readonly critic?: Critic;
  readonly evaluation?: Evaluation;
  readonly training?: Training | undefined;
  /** Rows equal in x and y to an earlier one, of all, parts to train on included. */
  readonly copies?: number;
  readonly allRows?: number;
  /** Groups that were told, and that an estimator on samples knows nothing of. */
  readonly groups?: number | undefined;
  /** Of x and y, the fewer. */
  readonly columns?: number;
  /** How many times the spread of most rows a column's standard deviation is. */
  readonly excess?: number;
  /** How much more all rows tell than half of them. */
  readonly growth?: number;
  /** The standard error without the bias of counts. */
  readonly spread?: number;
  readonly measured?: SampleMeasurement | undefined;
  readonly isConstant?: boolean;
}

/** What one reason to warn makes of the findings. */
export type Check = (findings: Findings) => EstimateWarning | undefined;
