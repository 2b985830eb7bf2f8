import type { FeatureMatrix } from '@factornet/core/samples';
import { linearProbe } from '../probe/linear-probe';
import type { Probe } from '../probe/probe';
import { type ProbeSplit, splitHalves } from './halves';
import { guessOf, meanScore } from './measured';
import { type ProbedTask, startReadings } from './probe-task';
import type { ExampleScores, ProbedLabels } from './task-probe';

export interface ProbeAccuracyRequest {
  /** `[examples, features]` */
  readonly features: FeatureMatrix;
  /** As its probe takes them: of a classification a class index per example, −1 for none. */
  readonly labels: ProbedLabels;
  readonly task: ProbedTask;
  readonly split: ProbeSplit;
  /** Default `linearProbe()`. */
  readonly probe?: Probe;
}

/** What a probe reads of a task, beside a guess. */
export interface ProbeAccuracy {
  readonly accuracy: number;
  /** Of a guess that knows the labels of the training half alone. */
  readonly chance: number;
  /** Of `chance`, over draws of the test half. */
  readonly standardError: number;
  /** Labelled examples of the test half. */
  readonly tested: number;
}

/**
 * What a probe reads of one task, trained on one half of the examples and read on the other, beside the guess of a reader
 * that knows the labels of the first half alone.
 *
 * @throws InvalidOptionError if a half has no labelled example
 * @throws LabelOutOfRangeError
 */
export function probeAccuracy(request: ProbeAccuracyRequest): ProbeAccuracy {
  const { features, labels, task, split, probe = linearProbe() } = request;
  // Equal rows are told apart: a code of few values has many, of different pictures.
  const halves = splitHalves(split, features.rows);
  const { guesses, read } = startReadings({ tasks: [task], labelsOf: () => labels, halves, probe });
  const scores = read(features)[task.name] as ExampleScores;
  return { accuracy: meanScore(scores).mean, ...guessOf(guesses[task.name] as ExampleScores) };
}
