import type { CodeInformation } from './code-information';
import type { PerTask } from './measured';

/** What the common code tells about the picture, as far as the teacher's features show it, in nats. */
export interface CommonInformation {
  /** At least so much, in expectation: InfoNCE between the teacher's features and z, never more than `cap`. */
  readonly lower: number;
  readonly standardError: number;
  /** `log batch` of the estimate: the most that `lower` can say. */
  readonly cap: number;
  /** What makes the figure doubtful, in words; that the cap is reached, most of all. */
  readonly warnings: readonly string[];
}

/** What the codes know, in nats, measured on held-out examples. */
export interface InformationEvaluation {
  /**
   * I(x; z), by I(teacher's features; z), which is at most as much. z is deterministic, so there is no upper bound.
   * Absent where there are fewer than 32 examples, or no steps to train a critic.
   */
  readonly common?: CommonInformation;
  /** I(x; t) of each task's Gaussian code. */
  readonly codes: Readonly<Record<string, CodeInformation>>;
  /**
   * `labels[from][to]`: what t of `from`, as it ships, tells about the label of `to`, its own task included: a lower bound on
   * I(t_from; y_to), H(y) less the cross-entropy of a classifier on examples it was not trained on. May lie below 0.
   */
  readonly labels: Readonly<Record<string, PerTask>>;
  /** H(y) per task: the most that `labels` can say. */
  readonly labelEntropy: PerTask;
}
