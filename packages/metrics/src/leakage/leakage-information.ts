import { checkFinite, checkMatrix, discreteEntropy, type FeatureMatrix } from '@factornet/core/samples';
import { estimateSecondsLeft, throwIfCancelled, yieldToEventLoop } from '@factornet/core/training';
import { InvalidOptionError, MISSING_LABEL, UnknownTaskError } from '@factornet/spec';
import { checkTasks } from '@factornet/spec/training';
import type { MetricProgress } from '../metric';
import { cutLabels } from './class-reading';
import { classifierInformation } from './classifier-information';
import { type Halves, type ProbeSplit, splitHalves } from './halves';
import type { LabelInformation } from './label-information';
import { checkProbedTask, type ProbedTask } from './probe-task';
import type { ProbedLabels } from './task-probe';

export interface LeakageInformationRequest {
  /** Name → codes of the held-out examples, `[examples, features]`: each factor's t, and z if you like. */
  sources: Readonly<Record<string, FeatureMatrix>>;
  /** Class index per example and task; −1 where a task says nothing about an example. */
  labels: Readonly<Record<string, ProbedLabels>>;
  /** Tasks to read; those that are no classification, and whose probe tells no nats, are left out. */
  tasks: readonly ProbedTask[];
  split: ProbeSplit;
  /** Default `classifierInformation()`, a lower bound. */
  estimator?: LabelInformation | undefined;
  onProgress?: ((progress: MetricProgress) => void) | undefined;
  signal?: AbortSignal | undefined;
}

export interface LeakageInformationResult {
  readonly estimator: { readonly name: string; readonly direction: LabelInformation['direction'] };
  /** `information[from][to]`: estimate of `I(t_from; y_to)` in nats, own tasks included. Not clamped. */
  readonly information: Record<string, Record<string, number>>;
  /** `H(y)` of each task's labels in nats, over both halves. */
  readonly labelEntropy: Record<string, number>;
  /** `information[from][to] / H(y_to)`; 0 where all labels are the same. */
  readonly normalised: Record<string, Record<string, number>>;
  /** Mean of `information` over all pairs `from ≠ to`, in nats; 0 if there is no pair. */
  readonly meanOffDiagonal: number;
}

const OPERATION = 'leakage-information';

/**
 * What each code tells about each task, `I(t_j; y_k)` in nats: on the diagonal what a factor knows of its own task, off
 * it what leaks. Unlike `leakageMatrix`, it needs no teacher to compare with, and numbers of different tasks compare.
 *
 * By default each is a lower bound, read from a calibrated linear classifier: what is there may be more. Another
 * estimator, such as Ross's of `@factornet/mi` by way of `labelInformationOf`, also sees what no line can read.
 *
 * Pass examples that no network was trained on. A deterministic code with continuous values has all of a picture's
 * information; what counts is what can be read from it, and samples of t are bounded where means are not.
 *
 * @throws UnknownTaskError for a task without labels
 * @throws InvalidOptionError for numbers that are not finite, or if a half holds no label of a task
 * @throws ShapeMismatchError, LabelOutOfRangeError
 * @throws CancelledError on `signal`
 * @example
 * const { information, normalised } = await leakageInformation({
 *   sources: { shape: shapeCodes, hue: hueCodes },
 *   labels,
 *   tasks,
 *   split: { seed: 1 },
 * });
 */
export async function leakageInformation(
  request: LeakageInformationRequest,
): Promise<LeakageInformationResult> {
  const { sources, labels, estimator = classifierInformation(), onProgress, signal } = request;
  throwIfCancelled(OPERATION, signal);
  checkTasks(request.tasks, checkProbedTask);
  const tasks = request.tasks.filter((task) => !('probe' in task) || task.probe.information !== undefined);
  const rows = checkSources(request);
  const halves = splitHalves(request.split, rows, Object.values(sources));
  const labelEntropy: Record<string, number> = {};
  for (const task of tasks) labelEntropy[task.name] = entropyOf(task, labelsOf(labels, task.name), halves);
  const information: LeakageInformationResult['information'] = {};
  const normalised: LeakageInformationResult['normalised'] = {};
  const others: number[] = [];
  const total = Object.keys(sources).length * tasks.length;
  const startedAt = performance.now();
  let done = 0;
  for (const [from, features] of Object.entries(sources)) {
    const nats: Record<string, number> = {};
    const shares: Record<string, number> = {};
    for (const task of tasks) {
      const to = task.name;
      const entropy = labelEntropy[to] as number;
      const value = await natsOf(task, features, labelsOf(labels, to), halves, estimator);
      nats[to] = value;
      shares[to] = entropy === 0 ? 0 : value / entropy;
      if (to !== from) others.push(value);
      await yieldToEventLoop();
      throwIfCancelled(OPERATION, signal);
      done++;
      onProgress?.({
        metric: OPERATION,
        done,
        total,
        secondsLeft: estimateSecondsLeft(startedAt, done, total),
      });
    }
    information[from] = nats;
    normalised[from] = shares;
  }
  return {
    estimator: { name: estimator.name, direction: estimator.direction },
    information,
    labelEntropy,
    normalised,
    meanOffDiagonal: others.length === 0 ? 0 : others.reduce((sum, value) => sum + value, 0) / others.length,
  };
}

/** How many examples there are. */
function checkSources({ sources, labels, tasks }: LeakageInformationRequest): number {
  let rows: number | undefined;
  for (const [name, source] of Object.entries(sources)) {
    for (const task of tasks) {
      const own = labelsOf(labels, task.name);
      checkMatrix(`sources.${name}`, source, 'probe' in task ? undefined : own);
    }
    checkFinite(`sources.${name}`, source);
    rows = source.rows;
  }
  if (rows !== undefined) return rows;
  throw new InvalidOptionError({ option: 'sources', expected: 'one at least', received: 0 });
}

function labelsOf(labels: LeakageInformationRequest['labels'], task: string): ProbedLabels {
  const found = labels[task];
  if (found === undefined) throw new UnknownTaskError({ task, known: Object.keys(labels) });
  return found;
}

async function natsOf(
  task: ProbedTask,
  features: FeatureMatrix,
  labels: ProbedLabels,
  halves: Halves,
  estimator: LabelInformation,
): Promise<number> {
  if ('probe' in task) return (await task.probe.information?.estimate(features, labels, halves)) ?? 0;
  return estimator.estimate({ features, labels, classes: task.classes.length, split: halves });
}

function entropyOf(task: ProbedTask, labels: ProbedLabels, halves: Halves): number {
  if ('probe' in task) return task.probe.information?.entropy(labels, halves) ?? 0;
  const { train, test } = cutLabels(task, labels, halves);
  return discreteEntropy([...train, ...test].filter((label) => label !== MISSING_LABEL));
}
