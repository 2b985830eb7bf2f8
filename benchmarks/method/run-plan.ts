import { fileURLToPath } from 'node:url';
import { jobPool } from '../jobs/job-pool';
import { type JobWork, runJobs } from '../jobs/run-jobs';
import { byName } from './by-name';
import type { Results } from './figures';
import {
  type Job,
  jobCost,
  jobName,
  labelCounts,
  type NewFactorRates,
  newTasks,
  type RowJob,
  rowNames,
} from './job';
import {
  baselines,
  bestNewFactorRates,
  bestRates,
  claimJobs,
  designJobs,
  epochsOfEqualTime,
  factorizations,
  newFactorJobs,
  newFactorSearch,
  type Parameters,
  type Rates,
  searchJobs,
} from './plan';
import type { NewFactorResult, RowResult } from './results';
import type { Settings } from './settings';

export interface PlanOptions {
  readonly folder: string;
  readonly concurrency: number;
}

export interface PlanResults extends Results {
  readonly learningRates: Rates & { readonly newFactor: NewFactorRates };
  readonly equalTimeEpochs: number;
}

/** Runs every job in processes side by side. */
export async function runPlan(settings: Settings, options: PlanOptions): Promise<PlanResults> {
  const pool = jobPool<Job>(fileURLToPath(new URL('run-job.ts', import.meta.url)));
  try {
    return await runRounds(settings, { ...options, work: pool.work });
  } finally {
    pool.close();
  }
}

/** In five rounds: each needs what the one before found. */
async function runRounds(
  settings: Settings,
  options: PlanOptions & { readonly work: JobWork<Job> },
): Promise<PlanResults> {
  let rest = expectedCost(settings);
  const run = async <Chosen extends Job>(jobs: readonly Chosen[]) => {
    rest -= costOf(jobs);
    const found = await runJobs<Job>(jobs, {
      ...options,
      nameOf: jobName,
      costOf: jobCost,
      costAfter: Math.max(0, rest),
    });
    return <Result>(some: readonly Chosen[]) => some.map((job) => found.get(job) as Result);
  };
  const search = async (jobs: readonly RowJob[]) => {
    const found = (await run(jobs))<RowResult>(jobs);
    return new Map(jobs.map((job, index) => [job, found[index] as RowResult]));
  };

  const designs = await search(searchJobs(settings, factorizations));
  const [, { equal: parameters }] = [...designs].find(([{ row }]) => row === 'factorization') as [
    RowJob,
    RowResult & { equal: Parameters },
  ];
  const plain = await search(searchJobs(settings, baselines, parameters));
  const rates = { ...bestRates(designs), ...bestRates(plain) } as Rates;

  const claims = byName(rowNames, (row) => claimJobs(settings, row, { rates, parameters }));
  const { common, labelSpace } = designJobs(settings, rates.factorization);
  const third = [...Object.values(claims).flat(), ...common, ...labelSpace];
  const of = await run<Job>(third.sort((one, other) => jobCost(other) - jobCost(one)));
  const rows = byName(rowNames, (row) => of<RowResult>(claims[row]));

  const [own, trunk] = [rows.factorization, rows['shared-trunk']].map(meanTime) as [number, number];
  const epochs = epochsOfEqualTime(settings, own, trunk);
  const longer = claimJobs(settings, 'shared-trunk', { rates, parameters, epochs });
  const searched = newFactorSearch(settings, rates.factorization);
  const fourth = await run<Job>([...longer, ...searched]);
  const found = fourth<NewFactorResult>(searched);
  const newFactorRates = bestNewFactorRates(
    searched.map((job, index) => [job, found[index] as NewFactorResult] as const),
  );
  const newFactors = newFactorJobs(settings, 'claim', rates.factorization, newFactorRates);
  const last = await run<Job>(newFactors);
  return {
    learningRates: { ...rates, newFactor: newFactorRates },
    equalTimeEpochs: epochs,
    rows,
    equalTime: fourth(longer),
    common: of(common),
    labelSpace: of(labelSpace),
    newFactors: byName(newTasks, (task) => last(newFactors.filter((job) => job.task === task))),
  };
}

function costOf(jobs: readonly Job[]): number {
  return jobs.reduce((sum, job) => sum + jobCost(job), 0);
}

/** Of all rounds, before anything is known that decides how long they take. */
function expectedCost(settings: Settings): number {
  const rates = Object.fromEntries(rowNames.map((row) => [row, 0])) as Rates;
  const given = { rates, parameters: { sharedTrunk: 0, students: {} } };
  const { common, labelSpace } = designJobs(settings, 0);
  const newFactorRates = byName(labelCounts, () => ({ with: 0, without: 0 }));
  return costOf([
    ...searchJobs(settings, rowNames),
    ...rowNames.flatMap((row) => claimJobs(settings, row, given)),
    ...claimJobs(settings, 'shared-trunk', { ...given, epochs: 2 * settings.epochs }),
    ...common,
    ...labelSpace,
    ...newFactorSearch(settings, 0),
    ...newFactorJobs(settings, 'claim', 0, newFactorRates),
  ]);
}

function meanTime(results: readonly RowResult[]): number {
  return results.reduce((sum, { processorTime }) => sum + processorTime, 0) / results.length;
}
