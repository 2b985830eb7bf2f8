import { type ChildProcess, fork } from 'node:child_process';
import { writeText } from '@factornet/core/node';
import type { JobWork } from './run-jobs';

export interface JobPool<Job> {
  readonly work: JobWork<Job>;
  /** Ends all processes. */
  close(): void;
}

interface Task<Job> {
  readonly job: Job;
  readonly file: string;
}

/**
 * Processes that do one job after the other, since starting one takes as long as a small job: as many as jobs are under way at
 * once. The script calls {@link serveJobs}.
 */
export function jobPool<Job>(script: string): JobPool<Job> {
  const idle: ChildProcess[] = [];
  const all: ChildProcess[] = [];
  return {
    async work(job, file) {
      let child = idle.pop();
      if (child === undefined) {
        child = fork(script, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
        all.push(child);
      }
      const answer = answerOf(child);
      const task: Task<Job> = { job, file };
      child.send(task);
      await answer;
      idle.push(child);
    },
    close() {
      for (const child of all) child.kill();
    },
  };
}

const DONE = 'done';

/** @throws Error if the process ends before it answers */
function answerOf(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null) =>
      reject(new Error(`the process of a job ended with ${code}; its words are above`));
    child.once('exit', ended);
    child.once('message', () => {
      child.off('exit', ended);
      resolve();
    });
  });
}

/** In a process of a {@link jobPool}: does the jobs that it is sent. What one throws is told, and ends the process. */
export function serveJobs<Job>(run: (job: Job, file: string) => Promise<unknown>): void {
  process.on('message', async ({ job, file }: Task<Job>) => {
    try {
      await writeText(file, JSON.stringify(await run(job, file)));
      process.send?.(DONE);
    } catch (error) {
      process.stderr.write(`${(error as Error).stack}\n`);
      process.exit(1);
    }
  });
  process.on('disconnect', () => process.exit());
}
