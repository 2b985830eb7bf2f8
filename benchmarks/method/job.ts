import { createHash } from 'node:crypto';
import type { JobSettings, LabelCount } from './settings';

/** Networks for all four tasks of the quickstart's teacher. */
export const rowNames = [
  'factorization',
  'as-built',
  'as-built-batch-32',
  'shared-trunk',
  'separate',
] as const;
export type RowName = (typeof rowNames)[number];

interface AnyJob {
  readonly settings: JobSettings;
  readonly seed: number;
  readonly learningRate: number;
}

/** Trains a row and measures it: on the pictures that learning rates are chosen on, or on those of the claims. */
export interface RowJob extends AnyJob {
  readonly kind: 'row';
  readonly row: RowName;
  readonly purpose: 'search' | 'claim';
  readonly epochs: number;
  /** What a baseline may have. */
  readonly parameters?: { readonly sharedTrunk: number; readonly students: Readonly<Record<string, number>> };
}

/** A common network of two tasks, and what linear probes read from it of four others. It stays in the results' folder. */
export interface CommonJob extends AnyJob {
  readonly kind: 'common';
}

/** New factors of one task on that common network, and networks without it, for every number of labels. */
export interface NewFactorJob extends AnyJob {
  readonly kind: 'new-factor';
  readonly purpose: 'search' | 'claim';
  readonly task: NewTask;
  /** Of what learns the new task; `learningRate` is that of the common network. */
  readonly rates: NewFactorRates;
}

/** For each number of labels, of the factor and of the network without common knowledge. */
export type NewFactorRates = Readonly<Record<LabelCount, Readonly<Record<Side, number>>>>;
export type Side = 'with' | 'without';

/** Two factors that share the classes of a task, told jointly. */
export interface LabelSpaceJob extends AnyJob {
  readonly kind: 'label-space';
}

export type Job = RowJob | CommonJob | NewFactorJob | LabelSpaceJob;

/** What the common network of two tasks saw. */
export const seenTasks = ['shape', 'object-hue'] as const;
/** Two that its teacher knows and it did not see, and two that nobody named. */
export const newTasks = ['size', 'background-hue', 'x', 'rotation'] as const;
export type NewTask = (typeof newTasks)[number];
export const labelCounts: readonly LabelCount[] = ['100', '300', '3000'];

export function commonJob({ settings, seed, learningRate }: AnyJob): CommonJob {
  return { kind: 'common', settings, seed, learningRate };
}

/** A file name that says what the job is, and ends with a digest of all of it. */
export function jobName(job: Job): string {
  const what =
    job.kind === 'row'
      ? [job.purpose, job.row, `${job.epochs}-epochs`]
      : [job.kind, ...(job.kind === 'new-factor' ? [job.purpose, job.task] : [])];
  const digest = createHash('sha256').update(JSON.stringify(job)).digest('hex').slice(0, 8);
  return [...what, `rate-${job.learningRate}`, `seed-${job.seed}`, digest].join('.');
}

/** About the seconds of processor time that a job takes at full settings. */
export function jobCost(job: Job): number {
  if (job.kind === 'common') return 80;
  if (job.kind === 'new-factor') return 90;
  if (job.kind === 'label-space') return 80;
  const seconds = {
    factorization: 80,
    'as-built': 50,
    'as-built-batch-32': 55,
    'shared-trunk': 45,
    separate: 170,
  };
  return seconds[job.row] * (job.epochs / job.settings.epochs);
}
