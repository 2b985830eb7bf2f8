import { benchmarkTasks } from '@factornet/mi/benchmark';
import { type StaircaseJob, staircaseCritics, staircaseTasks } from './staircase/job';
import { trainings } from './staircase/trainings';
import { taskEstimators } from './tasks/estimators';
import type { TaskJob } from './tasks/job';

export interface Settings {
  /** The joint critic, several times as slow, gets half of them. */
  readonly stepsPerLevel: number;
  readonly samples: number;
  /** Of tasks between single variables; the others run once. */
  readonly seeds: number;
}

/** Longest first, so that no process is left alone with a long one at the end. */
export function staircaseJobs({ stepsPerLevel }: Settings): StaircaseJob[] {
  const jobs = staircaseTasks.flatMap((task) =>
    staircaseCritics.flatMap((critic) =>
      trainings
        .filter(({ joint }) => critic === 'separable' || joint)
        .map(
          ({ name }): StaircaseJob => ({
            kind: 'staircase',
            task,
            critic,
            training: name,
            stepsPerLevel: critic === 'joint' ? stepsPerLevel / 2 : stepsPerLevel,
            seed: 1,
          }),
        ),
    ),
  );
  return jobs.sort((one, other) => Number(other.critic === 'joint') - Number(one.critic === 'joint'));
}

/** Tasks between single variables, where errors are smallest, get all seeds; the others one. */
export function taskJobs({ samples, seeds }: Settings): TaskJob[] {
  return benchmarkTasks().flatMap(({ name, xFeatures, yFeatures }) => {
    const dimensions = Math.max(xFeatures, yFeatures);
    const estimators = Object.entries(taskEstimators)
      .filter(([, { manyColumns }]) => manyColumns || dimensions <= 5)
      .filter(([, { mostColumns = Number.POSITIVE_INFINITY }]) => xFeatures + yFeatures <= mostColumns)
      .map(([estimator]) => estimator);
    return Array.from(
      { length: dimensions === 1 ? seeds : 1 },
      (_, seed): TaskJob => ({ kind: 'task', task: name, estimators, samples, seed }),
    );
  });
}
