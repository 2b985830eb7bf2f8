import { checkMatrix, type FeatureMatrix } from '@factornet/core/samples';
import { InvalidOptionError, UnknownTaskError } from '@factornet/spec';
import { checkTasks } from '@factornet/spec/training';
import type { LeakageRequest, LeakageResult } from './leakage-request';
import { guessOf, meanScore } from './measured';
import { checkProbedTask } from './probe-task';
import type { ExampleScores, ProbedLabels } from './task-probe';

/** @throws UnknownTaskError for a task without labels */
export const labelsIn =
  ({ labels }: LeakageRequest) =>
  (task: string): ProbedLabels => {
    const found = labels[task];
    if (found === undefined) throw new UnknownTaskError({ task, known: Object.keys(labels) });
    return found;
  };

/** @returns the references, of which there is one at least */
export function checkRequest(request: LeakageRequest): [FeatureMatrix, ...FeatureMatrix[]] {
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
export function bestOf(read: readonly Record<string, ExampleScores>[]): Record<string, ExampleScores> {
  return read.reduce((best, other) =>
    Object.fromEntries(
      Object.entries(best).map(([task, own]) => {
        const rival = other[task] as ExampleScores;
        return [task, meanScore(rival).mean > meanScore(own).mean ? rival : own];
      }),
    ),
  );
}

/** What 0 and 1 stand for; undefined of a task that has no scale, if it may be left out. */
export function referenceOf(
  task: string,
  guesses: Readonly<Record<string, ExampleScores>>,
  ceilings: Readonly<Record<string, ExampleScores>>,
  withoutScale: LeakageRequest['withoutScale'],
): LeakageResult['reference'][string] | undefined {
  const { chance, standardError, tested } = guessOf(guesses[task] as ExampleScores);
  const ceiling = meanScore(ceilings[task] as ExampleScores).mean;
  if (ceiling > chance + 2 * standardError) return { accuracy: ceiling, chance };
  if (withoutScale === 'leave-out') return undefined;
  throw new InvalidOptionError(
    {
      option: `probe accuracy of the reference features on task "${task}"`,
      expected: `clearly above chance (${chance.toFixed(4)} on ${tested} examples)`,
      received: ceiling,
    },
    { hint: 'Leakage is measured against the teacher’s features: leave this task out of `tasks`.' },
  );
}
