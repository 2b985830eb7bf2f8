import spawn from 'nano-spawn';
import type { JobWork } from './run-jobs';

/** A process for each job: `node … script <job as JSON> <file for the result>`. */
export function spawnJob<Job>(script: string): JobWork<Job> {
  return (job, file) =>
    // execArgv holds the loader that makes TypeScript run.
    spawn(process.execPath, [...process.execArgv, script, JSON.stringify(job), file], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
}
