import { estimate } from '@factornet/mi';
import { benchmarkTasks } from '@factornet/mi/benchmark';
import { taskEstimators } from './estimators';
import type { TaskEstimate, TaskJob, TaskResult } from './job';

/** Estimates of one draw of a task, with the defaults of `estimate`. */
export async function runTask({ task: name, estimators, samples, seed }: TaskJob): Promise<TaskResult> {
  const task = benchmarkTasks().find((each) => each.name === name);
  if (task === undefined) throw new Error(`no task is called ${name}`);
  const pairs = task.sample(samples, seed);
  const estimates: TaskEstimate[] = [];
  for (const estimator of estimators) {
    const compared = taskEstimators[estimator];
    if (compared === undefined) throw new Error(`no estimator is called ${estimator}`);
    const startedAt = performance.now();
    const { value, standardError, warnings } = await estimate(pairs, {
      estimator: compared.estimator,
      ...(compared.transform && { transform: compared.transform }),
      seed,
    });
    estimates.push({
      estimator,
      value,
      standardError: Number.isFinite(standardError) ? standardError : null,
      warnings: warnings.map(({ code }) => code),
      seconds: (performance.now() - startedAt) / 1000,
    });
  }
  return { truth: task.mutualInformation, estimates };
}
