import type { FeatureMatrix } from '@factornet/core/samples';
import type { LinearProbeOptions } from '../probe/linear-probe';
import { type ProbeSplit, splitHalves } from './halves';
import { type ProbedTask, startReading } from './probe-task';
import type { ProbedLabels, TaskReading } from './task-probe';

export interface ProbeAccuracyRequest {
  /** `[examples, features]` */
  readonly features: FeatureMatrix;
  /** As its probe takes them: of a classification a class index per example, −1 for none. */
  readonly labels: ProbedLabels;
  readonly task: ProbedTask;
  readonly split: ProbeSplit;
  readonly probe?: LinearProbeOptions;
}

/** What a probe reads of a task, beside a guess. */
export interface ProbeAccuracy extends Pick<TaskReading, 'chance' | 'standardError' | 'tested'> {
  readonly accuracy: number;
}

/**
 * What a probe reads of one task, trained on one half of the examples and read on the other, beside the guess of a reader
 * that knows the labels of the first half alone.
 *
 * @throws InvalidOptionError if a half has no labelled example
 * @throws LabelOutOfRangeError
 */
export function probeAccuracy({ features, labels, task, split, probe }: ProbeAccuracyRequest): ProbeAccuracy {
  // Equal rows are told apart: a code of few values has many, of different pictures.
  const halves = splitHalves(split, features.rows);
  const reading = startReading(task, { labels, halves, options: probe });
  const { chance, standardError, tested } = reading;
  return { accuracy: reading.read(features), chance, standardError, tested };
}
