import type { FeatureMatrix } from '@factornet/core/samples';
import type { Probe } from '../probe/probe';
import type { Halves } from './halves';

/** Labels of the examples, one behind the other; a task that is no classification may have several numbers for each. */
export type ProbedLabels = Int32Array | Float32Array;

/**
 * One number per example of the test half, NaN where it has no label; the score is their mean. Of a classification 1 where
 * the answer is right and 0 where it is not; of R² one less the squared error over the variance.
 */
export type ExampleScores = Float64Array;

/** How a probe reads a task that is no classification. */
export interface TaskProbe {
  /**
   * Makes ready to read one task's labels.
   *
   * @throws InvalidOptionError if a half has no labelled example
   */
  start(request: ReadingRequest): TaskReading;
  /** What features tell about the labels in nats; left out of `leakageInformation` without. */
  readonly information?: TaskInformation;
}

export interface ReadingRequest {
  readonly labels: ProbedLabels;
  readonly halves: Halves;
  /** Reads classifications; a kind that can do so reads as strongly, or else by its own probe whichever this is. */
  readonly probe: Probe;
}

/** One task's labels, cut into halves, and what can be read of them. */
export interface TaskReading {
  /** Of a guess that knows the labels of the training half alone. */
  readonly guess: ExampleScores;
  /** Of a probe trained on the training half. */
  read(features: FeatureMatrix): ExampleScores;
}

export interface TaskInformation {
  /** H(y) in nats. */
  entropy(labels: ProbedLabels, halves: Halves): number;
  /** An estimate of I(t; y) in nats, of what is learnt on one half and read on the other. */
  estimate(features: FeatureMatrix, labels: ProbedLabels, halves: Halves): number | Promise<number>;
}
