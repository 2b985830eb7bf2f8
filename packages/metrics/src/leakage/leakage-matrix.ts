import { checkMatrix, type FeatureMatrix } from '@factornet/core/samples';
import { InvalidOptionError, UnknownTaskError } from '@factornet/spec';
import { checkTasks } from '@factornet/spec/training';
import { linearProbe } from '../probe/linear-probe';
import type { Probe } from '../probe/probe';
import { type ProbeSplit, splitHalves } from './halves';
import {
  guessOf,
  type Influenced,
  type Measured,
  meanOf,
  meanScore,
  measured,
  normalisedScore,
} from './measured';
import { checkProbedTask, type ProbedTask, startReadings } from './probe-task';
import type { ExampleScores, ProbedLabels } from './task-probe';

export interface LeakageRequest {
  /** Task name → what that task's factor ships of the held-out examples, t, `[examples, features]`. */
  sources: Readonly<Record<string, FeatureMatrix>>;
  /** What all factors share, z of the same examples: a row by itself, and in no mean. */
  common?: FeatureMatrix;
  /**
   * The teacher's own features of the same examples, `[examples, features]`: what leakage 1 means. Of several, such as maps
   * averaged and maps in cells, each task has the one that the probe reads it best from.
   */
  reference: FeatureMatrix | readonly FeatureMatrix[];
  /** Class index per example and task; −1 where a task says nothing about an example. Of other kinds, as its probe takes it. */
  labels: Readonly<Record<string, ProbedLabels>>;
  /** Tasks to read. A source need not exist for each. */
  tasks: readonly ProbedTask[];
  split: ProbeSplit;
  /** Default `linearProbe()`; `kernelProbe()` reads more. */
  probe?: Probe;
}

/** Of several pairs. */
export interface LeakageSummary {
  readonly mean: Measured;
  /** Of many that are near 0, one that chance made large. */
  readonly maximum: Measured & { readonly from: string; readonly to: string };
}

export interface LeakageResult {
  /** Name of the probe that read. */
  readonly probe: string;
  /** On one half of which it learnt; it read the other. */
  readonly examples: number;
  /** `leakage[from][to]` for every `from ≠ to`: 0 is chance, 1 is what the teacher's features tell. */
  readonly leakage: Record<string, Record<string, Measured>>;
  /** Per source with other tasks: the mean of its row, and the largest of it. */
  readonly rows: Record<string, LeakageSummary>;
  /** What z tells about each task, if z was given: anyone has it who has one factor. */
  readonly common?: Record<string, Measured>;
  /** Over all pairs `from ≠ to`; absent if there is no pair. */
  readonly mean?: LeakageSummary['mean'];
  readonly maximum?: LeakageSummary['maximum'];
  /** Per source: its own task read from t alone; `normalised` has chance at 0 and a perfect answer at 1. */
  readonly ownTask: Record<string, { readonly accuracy: number; readonly normalised: Measured }>;
  /** Test-half accuracy of every source's probe, before normalisation, own tasks included. */
  readonly accuracy: Record<string, Record<string, number>>;
  /** Per task: test-half accuracy of the probe on the teacher's features, and of guessing. */
  readonly reference: Record<string, { readonly accuracy: number; readonly chance: number }>;
}

/**
 * Measures what each factor's code gives away about every *other* task:
 * `leakage[from][to] = (a − chance) / (a_teacher − chance)`, where `a` is the accuracy of a probe from
 * t_from to the classes of task `to` and `a_teacher` that of the same probe on the teacher's own features. Of a task that
 * is no classification, `a` is the score of its own probe.
 *
 * Pass examples that no network was trained on: probes are trained on one half of these held-out examples
 * and read on the other half. Chance is guessing the most frequent class of the training half. Values may
 * lie a little below 0 by sampling error, and above 1 where t tells more than the teacher's features. Standard errors are
 * over draws of the half that is read, by the delta method through the normalisation; probe, chance and teacher were right
 * about the same examples, which they take into account.
 *
 * @throws InvalidOptionError if the teacher's features tell a task no better than chance (by two standard
 * errors), since its leakage has no scale then; or if a half holds no label of a task
 * @throws UnknownTaskError for a source that names no task
 * @throws ShapeMismatchError, LabelOutOfRangeError
 * @example
 * const { leakage, mean, maximum } = leakageMatrix({
 *   sources: { shape: shapeCodes, hue: hueCodes },
 *   common: z,
 *   reference: teacherFeatures,
 *   labels,
 *   tasks,
 *   split: { seed: 1 },
 *   probe: kernelProbe(),
 * });
 */
export function leakageMatrix(request: LeakageRequest): LeakageResult {
  const { sources, common, tasks, split, probe = linearProbe() } = request;
  const references = checkRequest(request);
  const examples = references[0].rows;
  // Equal codes are of different pictures; equal features of a teacher are of copies.
  const halves = splitHalves(split, examples, references);
  const labelsOf = labelsIn(request);
  const { guesses, read } = startReadings({ tasks, labelsOf, halves, probe });
  const ceilings = bestOf(references.map(read));
  const reference: LeakageResult['reference'] = {};
  for (const { name } of tasks) reference[name] = referenceOf(name, guesses, ceilings);
  const normalise = (scores: Record<string, ExampleScores>, to: string) =>
    normalisedScore(...scoresOf(to, scores, guesses, ceilings));
  const pairs: Pair[] = [];
  const result: Pick<LeakageResult, 'leakage' | 'rows' | 'ownTask' | 'accuracy'> = {
    leakage: {},
    rows: {},
    ownTask: {},
    accuracy: {},
  };
  for (const [from, source] of Object.entries(sources)) {
    const scores = read(source);
    const others = tasks.map(({ name }) => name).filter((to) => to !== from);
    const row = others.map((to) => ({ from, to, ...normalise(scores, to) }));
    pairs.push(...row);
    const summary = summaryOf(row);
    if (summary) result.rows[from] = summary;
    result.leakage[from] = Object.fromEntries(row.map((pair) => [pair.to, measured(pair)]));
    result.ownTask[from] = ownTaskOf(scores[from] as ExampleScores, guesses[from] as ExampleScores);
    result.accuracy[from] = Object.fromEntries(
      tasks.map(({ name }) => [name, meanScore(scores[name] as ExampleScores).mean]),
    );
  }
  const shared = common && read(common);
  return {
    ...{ ...result, probe: probe.name, examples, reference },
    ...(shared && {
      common: Object.fromEntries(tasks.map(({ name }) => [name, measured(normalise(shared, name))])),
    }),
    ...summaryOf(pairs),
  };
}

type Pair = Influenced & { readonly from: string; readonly to: string };

function summaryOf(pairs: readonly Pair[]): LeakageSummary | undefined {
  const [first, ...others] = pairs;
  if (first === undefined) return undefined;
  const largest = others.reduce((most, pair) => (pair.value > most.value ? pair : most), first);
  const { from, to } = largest;
  return { mean: measured(meanOf(pairs)), maximum: { ...measured(largest), from, to } };
}

const labelsIn =
  ({ labels }: LeakageRequest) =>
  (task: string): ProbedLabels => {
    const found = labels[task];
    if (found === undefined) throw new UnknownTaskError({ task, known: Object.keys(labels) });
    return found;
  };

/** @returns the references, of which there is one at least */
function checkRequest(request: LeakageRequest): [FeatureMatrix, ...FeatureMatrix[]] {
  const { sources, common, tasks } = request;
  checkTasks(tasks, checkProbedTask);
  const known = tasks.map((task) => task.name);
  const unknown = Object.keys(sources).find((from) => !known.includes(from));
  if (unknown !== undefined) throw new UnknownTaskError({ task: unknown, known });
  const [first, ...more] = [request.reference].flat();
  if (first === undefined) {
    throw new InvalidOptionError({ option: 'reference', expected: 'one at least', received: 'none' });
  }
  const all = Object.entries(sources).map(([from, source]) => [`sources.${from}`, source] as const);
  const labelsOf = labelsIn(request);
  for (const task of tasks) {
    const labels = labelsOf(task.name);
    for (const [what, matrix] of [
      ...[first, ...more].map((each) => ['reference', each] as const),
      ...(common ? [['common', common] as const] : []),
      ...all,
    ]) {
      checkMatrix(what, matrix, 'probe' in task ? undefined : labels);
    }
  }
  return [first, ...more];
}

/** Per task the scores with the best mean. Chosen on what is read: of scores that are near, chance adds a little. */
function bestOf(read: readonly Record<string, ExampleScores>[]): Record<string, ExampleScores> {
  return read.reduce((best, other) =>
    Object.fromEntries(
      Object.entries(best).map(([task, own]) => {
        const rival = other[task] as ExampleScores;
        return [task, meanScore(rival).mean > meanScore(own).mean ? rival : own];
      }),
    ),
  );
}

function scoresOf(task: string, ...scores: readonly Readonly<Record<string, ExampleScores>>[]) {
  return scores.map((each) => each[task]) as [ExampleScores, ExampleScores, ExampleScores];
}

/** A perfect answer scores 1 on every example that has a label. */
function ownTaskOf(own: ExampleScores, guess: ExampleScores): LeakageResult['ownTask'][string] {
  const perfect = guess.map((score) => (Number.isNaN(score) ? score : 1));
  return { accuracy: meanScore(own).mean, normalised: measured(normalisedScore(own, guess, perfect)) };
}

function referenceOf(
  task: string,
  guesses: Readonly<Record<string, ExampleScores>>,
  ceilings: Readonly<Record<string, ExampleScores>>,
): LeakageResult['reference'][string] {
  const { chance, standardError, tested } = guessOf(guesses[task] as ExampleScores);
  const ceiling = meanScore(ceilings[task] as ExampleScores).mean;
  if (ceiling > chance + 2 * standardError) return { accuracy: ceiling, chance };
  throw new InvalidOptionError(
    {
      option: `probe accuracy of the reference features on task "${task}"`,
      expected: `clearly above chance (${chance.toFixed(4)} on ${tested} examples)`,
      received: ceiling,
    },
    { hint: 'Leakage is measured against the teacher’s features: leave this task out of `tasks`.' },
  );
}
