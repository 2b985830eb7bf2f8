import type { FeatureMatrix } from '@factornet/core/samples';
import type { LinearProbeOptions } from '../probe/linear-probe';
import type { Halves } from './halves';

/** Labels of the examples, one behind the other; a task that is no classification may have several numbers for each. */
export type ProbedLabels = Int32Array | Float32Array;

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
  readonly options: LinearProbeOptions | undefined;
}

/** One task's labels, cut into halves, and what can be read of them. Scores are 1 where all is right. */
export interface TaskReading {
  /** Score on the test half of a guess that knows the labels of the training half alone. */
  readonly chance: number;
  /** Of `chance`, over draws of the test half. */
  readonly standardError: number;
  /** Labelled examples of the test half. */
  readonly tested: number;
  /** Score on the test half of a probe trained on the training half. */
  read(features: FeatureMatrix): number;
}

export interface TaskInformation {
  /** H(y) in nats. */
  entropy(labels: ProbedLabels, halves: Halves): number;
  /** An estimate of I(t; y) in nats, of what is learnt on one half and read on the other. */
  estimate(features: FeatureMatrix, labels: ProbedLabels, halves: Halves): number | Promise<number>;
}
