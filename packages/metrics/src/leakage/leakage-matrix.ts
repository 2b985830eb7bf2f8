import { checkMatrix, type FeatureMatrix } from '@factornet/core/samples';
import { InvalidOptionError, UnknownTaskError } from '@factornet/spec';
import { checkTasks } from '@factornet/spec/training';
import { normalisedAccuracy } from '../accuracy';
import type { LinearProbeOptions } from '../probe/linear-probe';
import { type ProbeSplit, splitHalves } from './halves';
import { checkProbedTask, type ProbedTask, startReading } from './probe-task';
import type { ProbedLabels, TaskReading } from './task-probe';

export interface LeakageRequest {
  /** Task name → what that task's factor makes of the held-out examples: t's mean or a sample, `[examples, features]`. */
  sources: Readonly<Record<string, FeatureMatrix>>;
  /** The teacher's own features of the same examples, `[examples, features]`: what leakage 1 means. */
  reference: FeatureMatrix;
  /** Class index per example and task; −1 where a task says nothing about an example. Of other kinds, as its probe takes it. */
  labels: Readonly<Record<string, ProbedLabels>>;
  /** Tasks to read. A source need not exist for each. */
  tasks: readonly ProbedTask[];
  split: ProbeSplit;
  probe?: LinearProbeOptions;
}

export interface LeakageResult {
  /** `leakage[from][to]` for every `from ≠ to`: 0 is chance, 1 is what the teacher's features tell. */
  readonly leakage: Record<string, Record<string, number>>;
  /** Mean over all pairs `from ≠ to`; 0 if there is no pair. */
  readonly meanOffDiagonal: number;
  /** Per source: its own task read from t alone; `normalised` has chance at 0 and a perfect answer at 1. */
  readonly ownTask: Record<string, { accuracy: number; normalised: number }>;
  /** Test-half accuracy of every probe, before normalisation, own tasks included. */
  readonly accuracy: Record<string, Record<string, number>>;
  /** Per task: test-half accuracy of the probe on the teacher's features, and of guessing. */
  readonly reference: Record<string, { accuracy: number; chance: number }>;
}

/**
 * Measures what each factor's code gives away about every *other* task:
 * `leakage[from][to] = (a − chance) / (a_teacher − chance)`, where `a` is the accuracy of a linear probe from
 * t_from to the classes of task `to` and `a_teacher` that of the same probe on the teacher's own features. Of a task that
 * is no classification, `a` is the score of its own probe.
 *
 * Pass examples that no network was trained on: probes are trained on one half of these held-out examples
 * and read on the other half. Chance is guessing the most frequent class of the training half. Values may
 * lie a little below 0 by sampling error, and above 1 where t tells more than the teacher's features.
 *
 * @throws InvalidOptionError if the teacher's features tell a task no better than chance (by two standard
 * errors), since its leakage has no scale then; or if a half holds no label of a task
 * @throws UnknownTaskError for a source that names no task
 * @throws ShapeMismatchError, LabelOutOfRangeError
 * @example
 * const { leakage, meanOffDiagonal } = leakageMatrix({
 *   sources: { shape: shapeCodes, hue: hueCodes },
 *   reference: teacherFeatures,
 *   labels,
 *   tasks,
 *   split: { seed: 1 },
 * });
 */
export function leakageMatrix(request: LeakageRequest): LeakageResult {
  const { sources, reference, labels, tasks, split, probe: options } = request;
  checkTasks(tasks, checkProbedTask);
  const known = tasks.map((task) => task.name);
  const labelsOf = (task: string): ProbedLabels => {
    const found = labels[task];
    if (found === undefined) throw new UnknownTaskError({ task, known: Object.keys(labels) });
    return found;
  };
  for (const task of tasks) {
    const labelsPerRow = 'probe' in task ? undefined : labelsOf(task.name);
    checkMatrix('reference', reference, labelsPerRow);
    for (const [from, source] of Object.entries(sources))
      checkMatrix(`sources.${from}`, source, labelsPerRow);
  }
  const halves = splitHalves(split, reference.rows, [reference, ...Object.values(sources)]);
  const readings = tasks.map(
    (task) => [task.name, startReading(task, { labels: labelsOf(task.name), halves, options })] as const,
  );
  const references: LeakageResult['reference'] = {};
  for (const [task, reading] of readings) {
    const ceiling = reading.read(reference);
    refuseChance(task, reading, ceiling);
    references[task] = { accuracy: ceiling, chance: reading.chance };
  }
  const result = { leakage: {}, ownTask: {}, accuracy: {}, reference: references } as Omit<
    LeakageResult,
    'meanOffDiagonal'
  >;
  const values: number[] = [];
  for (const [from, source] of Object.entries(sources)) {
    if (!known.includes(from)) throw new UnknownTaskError({ task: from, known });
    const leakage: Record<string, number> = {};
    const accuracy: Record<string, number> = {};
    for (const [to, { read, chance }] of readings) {
      const reached = read(source);
      accuracy[to] = reached;
      if (to === from) {
        result.ownTask[from] = { accuracy: reached, normalised: normalisedAccuracy(reached, chance) };
        continue;
      }
      const ceiling = (references[to] as { accuracy: number }).accuracy;
      leakage[to] = normalisedAccuracy(reached, chance, ceiling);
      values.push(leakage[to]);
    }
    result.leakage[from] = leakage;
    result.accuracy[from] = accuracy;
  }
  const total = values.reduce((sum, value) => sum + value, 0);
  return { ...result, meanOffDiagonal: values.length === 0 ? 0 : total / values.length };
}

function refuseChance(task: string, { chance, standardError, tested }: TaskReading, ceiling: number): void {
  if (ceiling > chance + 2 * standardError) return;
  throw new InvalidOptionError(
    {
      option: `probe accuracy of the reference features on task "${task}"`,
      expected: `clearly above chance (${chance.toFixed(4)} on ${tested} examples)`,
      received: ceiling,
    },
    { hint: 'Leakage is measured against the teacher’s features: leave this task out of `tasks`.' },
  );
}
