import type { BenchmarkResults } from '../results';
import { batchSize, dimensions, type StaircaseJob } from '../staircase/job';
import { markdownTable } from './markdown';
import type { TaskErrors } from './task-errors';
import { againstKsg, summaryTable, taskTable } from './task-table';

export interface PageRequest {
  readonly results: BenchmarkResults;
  readonly staircases: Readonly<
    Record<string, { readonly plot: string; readonly tables: readonly string[] }>
  >;
  readonly errors: readonly TaskErrors[];
}

/** The page as Markdown; every figure in it comes from the results. */
export function benchmarkPage({ results, staircases, errors }: PageRequest): string {
  const { machine, settings } = results;
  const oneDimensional = errors.filter((task) => task.dimensions === 1);
  const { won, lost } = againstKsg(oneDimensional);
  const most = Math.log(settings.samples).toFixed(1);
  return [
    '# Mutual information: what estimators make of known truths',
    '',
    'Written by `pnpm bench:mi`; do not edit. Values are in nats. ' +
      `${machine.cpu}, ${machine.cores} cores, Node ${machine.node}, TensorFlow.js on WASM; ` +
      `${settings.stepsPerLevel} training steps per level (half of them for the joint critic), ` +
      `${settings.samples} samples per task, ${plural(settings.seeds, 'seed')} for tasks between single variables and one for the others. Everything is in [results.json](results.json).`,
    '',
    '## The staircase',
    '',
    `x ~ N(0, I) and y = ρx + √(1−ρ²)ε in ${dimensions} dimensions, batches of ${batchSize} fresh pairs, and a truth that rises from 2 to 10 ` +
      'nats while one critic goes on learning (Poole et al., [arXiv 1905.06922](https://arxiv.org/abs/1905.06922)). Across: the true nats. Black: the truth. Lines: mean of ' +
      'the batches; bands: 80 % of them. Dashed: the cap of InfoNCE, log of the batch size.',
    '',
    ...Object.entries(staircases).flatMap(([task, { plot, tables }]) => [
      `### ${staircaseHeading(task as StaircaseJob['task'])}`,
      '',
      `![Estimates of each estimator over training, ${task} task](${plot})`,
      '',
      'Mean ± standard deviation of one batch, over the last quarter of each level:',
      '',
      ...tables.flatMap((table) => [table, '']),
    ]),
    '## Forty tasks with closed-form truths',
    '',
    'The benchmark of Czyż et al. ([arXiv 2306.11078](https://arxiv.org/abs/2306.11078)), regenerated from its closed forms ' +
      '(`benchmarkTasks()` of `@factornet/mi/benchmark`). Estimates by `estimate()` with its ' +
      `defaults: a separable critic, columns as normal scores, the value from held-out rows. No sample of ${settings.samples} supports a confident bound above ln N = ${most} nats (McAllester, Stratos, AISTATS 2020); all truths here are far below.`,
    '',
    summaryTable(errors),
    '',
    `On ${won.length} of the ${oneDimensional.length} tasks between two single variables the best of the others is at or below KSG’s error (${list(won)}); ` +
      `${lost.length === 0 ? 'on none is KSG alone ahead' : `KSG is ahead on ${list(lost)}`}.`,
    '',
    'Estimate − truth, mean over seeds; bold where the absolute error is the smallest of the row:',
    '',
    taskTable(errors),
    '',
    '## What ran how long',
    '',
    durations(results),
    '',
  ].join('\n');
}

function staircaseHeading(task: StaircaseJob['task']): string {
  return task === 'Gaussian' ? 'Gaussian' : 'Cubic: y³ in place of y, the same information';
}

function durations({ tasks, staircases }: BenchmarkResults): string {
  const seconds = new Map<string, number[]>();
  const add = (name: string, value: number) => seconds.set(name, [...(seconds.get(name) ?? []), value]);
  for (const { result } of tasks) {
    for (const { estimator, seconds: taken } of result.estimates) add(estimator, taken);
  }
  for (const { job, result } of staircases) add(`staircase, ${job.critic} critic`, result.seconds);
  const median = (values: readonly number[]) =>
    values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] as number;
  return markdownTable(
    ['run', 'runs', 'median seconds'],
    [...seconds].map(([name, values]) => [name, String(values.length), median(values).toFixed(1)]),
  );
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function list(names: readonly string[]): string {
  return names.length === 0 ? 'none' : names.join(', ');
}
