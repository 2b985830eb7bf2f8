import { access, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inParallel } from '@factornet/core/node';
import spawn from 'nano-spawn';
import { type Job, jobName } from './job';

const script = fileURLToPath(new URL('run-job.ts', import.meta.url));

/**
 * Runs jobs in processes side by side. Each result is a file of its own, so a run that was stopped goes on where
 * it was: what is there already is not run again.
 */
export async function runJobs(
  jobs: readonly Job[],
  { folder, concurrency }: { folder: string; concurrency: number },
): Promise<Map<Job, unknown>> {
  await mkdir(folder, { recursive: true });
  const startedAt = performance.now();
  const files = new Map(jobs.map((job) => [job, join(folder, `${jobName(job)}.json`)]));
  const missing: Job[] = [];
  for (const [job, file] of files) if (!(await exists(file))) missing.push(job);
  let done = 0;
  await inParallel(
    missing,
    async (job) => {
      const file = files.get(job) as string;
      // execArgv holds the loader that makes TypeScript run.
      await spawn(process.execPath, [...process.execArgv, script, JSON.stringify(job), file], {
        stdio: ['ignore', 'ignore', 'inherit'],
      });
      done += 1;
      const left = ((performance.now() - startedAt) / done) * (missing.length - done);
      process.stderr.write(
        `${done} of ${missing.length}: ${jobName(job)} · about ${Math.ceil(left / 60_000)} min left\n`,
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
