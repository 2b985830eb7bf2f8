import { access, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inParallel } from '@factornet/core/node';

/** Does one job, and writes its result as JSON into a file. */
export type JobWork<Job> = (job: Job, file: string) => Promise<unknown>;

export interface RunJobsOptions<Job> {
  readonly work: JobWork<Job>;
  /** Where results go, a file for each job. */
  readonly folder: string;
  /** How many jobs run side by side. */
  readonly concurrency: number;
  /** A file name that says what a job is. */
  readonly nameOf: (job: Job) => string;
  /** How long a job takes beside others, for the time left. Default all the same. */
  readonly costOf?: (job: Job) => number;
  /** Cost of jobs that are to follow in other calls. Default 0. */
  readonly costAfter?: number;
}

/**
 * Runs jobs side by side. Each result is a file of its own, so a run that was stopped goes on where it was: what is there
 * already is not run again.
 */
export async function runJobs<Job>(
  jobs: readonly Job[],
  { work, folder, concurrency, nameOf, costOf = () => 1, costAfter = 0 }: RunJobsOptions<Job>,
): Promise<Map<Job, unknown>> {
  await mkdir(folder, { recursive: true });
  const startedAt = performance.now();
  const files = new Map(jobs.map((job) => [job, join(folder, `${nameOf(job)}.json`)]));
  const missing: Job[] = [];
  for (const [job, file] of files) if (!(await exists(file))) missing.push(job);
  const total = missing.reduce((sum, job) => sum + costOf(job), 0);
  let [done, cost] = [0, 0];
  await inParallel(
    missing,
    async (job) => {
      await work(job, files.get(job) as string);
      done += 1;
      cost += costOf(job);
      const left = ((performance.now() - startedAt) / cost) * (total + costAfter - cost);
      process.stderr.write(
        `${done} of ${missing.length}: ${nameOf(job)} · about ${Math.ceil(left / 60_000)} min left\n`,
      );
    },
    { concurrency },
  );
  const results = await inParallel(
    [...files],
    async ([job, file]) => [job, JSON.parse(await readFile(file, 'utf8'))] as const,
  );
  return new Map(results);
}

function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
