// What estimators make of known mutual information: writes docs/mutual-information.
//   pnpm bench:mi [--quick] [--processes <count>] [--out <folder>] [--json]
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { useBackend } from '@factornet/core';
import { Command } from 'commander';
import { runJobs } from '../jobs/run-jobs';
import { spawnJob } from '../jobs/spawn-job';
import { descriptionOfMachine } from '../wasm/machine';
import { type Job, jobName } from './job';
import { type Settings, staircaseJobs, taskJobs } from './jobs';
import { writePage } from './page/write-page';
import type { BenchmarkResults } from './results';

const root = new URL('../../', import.meta.url);
const {
  quick,
  processes,
  out,
  results: folder,
  json,
} = new Command('bench:mi')
  .description('Mutual-information estimators against closed forms: the staircase, and 40 benchmark tasks')
  .option('--quick', 'a tenth of the training, a fifth of the samples: noisier, and lower', false)
  .option('--processes <count>', 'how many to run side by side', Number, availableParallelism())
  .option('--out <folder>', 'where the page goes', fileURLToPath(new URL('docs/mutual-information', root)))
  .option(
    '--results <folder>',
    'results of each run; those that are there are not run again',
    fileURLToPath(new URL('benchmarks/out/mi', root)),
  )
  .option('--json', 'print the results as one JSON object', false)
  .parse()
  .opts<{ quick: boolean; processes: number; out: string; results: string; json: boolean }>();

const settings: Settings = quick
  ? { stepsPerLevel: 200, samples: 1000, seeds: 1 }
  : { stepsPerLevel: 1000, samples: 5000, seeds: 2 };

await useBackend('wasm');
const machine = await descriptionOfMachine();
const [staircases, tasks] = [staircaseJobs(settings), taskJobs(settings)];
const jobs: Job[] = [...staircases, ...tasks];
const script = fileURLToPath(new URL('run-job.ts', import.meta.url));
const options = { work: spawnJob<Job>(script), folder, concurrency: processes, nameOf: jobName };
const done = await runJobs(jobs, options);
const results = {
  machine,
  settings,
  staircases: staircases.map((job) => ({ job, result: done.get(job) })),
  tasks: tasks.map((job) => ({ job, result: done.get(job) })),
} as BenchmarkResults;
await writePage(results, out);
process.stdout.write(json ? `${JSON.stringify(results)}\n` : `The page is ${out}/README.md.\n`);
