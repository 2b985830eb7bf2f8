import { estimate } from '@factornet/mi';
import { benchmarkTasks } from '@factornet/mi/benchmark';
import { taskEstimators } from './estimators';
import type { TaskJob, TaskResult } from './job';

/** One estimate, with the defaults of `estimate`. */
export async function runTask(job: TaskJob): Promise<TaskResult> {
  const task = benchmarkTasks().find(({ name }) => name === job.task);
  const compared = taskEstimators[job.estimator];
  if (task === undefined || compared === undefined) throw new Error(`no ${job.estimator} on ${job.task}`);
  const startedAt = performance.now();
  const { value, standardError, warnings } = await estimate(task.sample(job.samples, job.seed), {
    estimator: compared.estimator,
    ...(compared.transform && { transform: compared.transform }),
    seed: job.seed,
  });
  return {
    value,
    truth: task.mutualInformation,
    standardError: Number.isFinite(standardError) ? standardError : null,
    warnings: warnings.map(({ code }) => code),
    seconds: (performance.now() - startedAt) / 1000,
  };
}
