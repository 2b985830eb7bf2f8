import type { StaircaseJob } from './staircase/job';
import type { TaskJob } from './tasks/job';

/** One piece of work, run in a process of its own; equal jobs give equal results. */
export type Job = StaircaseJob | TaskJob;

/** A file name that says what the job is. */
export function jobName(job: Job): string {
  const parts =
    job.kind === 'staircase'
      ? [job.kind, job.task, job.critic, job.training, `${job.stepsPerLevel}-steps`, `seed-${job.seed}`]
      : [job.kind, job.task, `${job.samples}-samples`, `seed-${job.seed}`];
  return parts.join('.').replaceAll(/[^\w.-]+/g, '_');
}
