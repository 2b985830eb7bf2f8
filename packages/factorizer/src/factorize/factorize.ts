import type { TaskDescription } from '@factornet/spec';
import { kindOf } from '@factornet/spec/internal';
import { checkTasks, ofKinds } from '@factornet/spec/training';
import { commonObjective } from '../objective/common-objective';
import { completeOptions } from './complete-options';
import type { Factorization } from './factorization';
import { factorizeInStages } from './factorize-in-stages';
import type { FactorizeOptions } from './factorize-options';
import { factorizeTogether } from './factorize-together';
import { separately, together } from './recipes';
import { openInputs } from './training-inputs';
import { trainingDefaults } from './training-options';

/**
 * Takes a teacher apart: one common-knowledge network and one factor per task. `assemble(common, [factor, …])` puts any of them together again.
 *
 * The caller disposes of the result with `disposeFactorization`.
 *
 * @throws InvalidOptionError naming an element of `tasks` that is no task
 * @throws UnknownTaskError if the teacher does not know a task
 * @throws InvalidOptionError if the data has a class that the task of the same name does not
 * @throws LabelOutOfRangeError if a label is not a class of its task
 * @throws NonFiniteLossError naming term and step; the networks keep their last good weights
 * @throws CancelledError on `signal`
 * @throws WorkerFailedError if a worker thread dies
 * @example
 * const { common, factors } = await factorize({
 *   teacher,
 *   data: shapes({ size: 4000, seed: 1 }),
 *   common: convolutional({ filters: [16, 32, 64], features: 32 }),
 *   specific: { 'block-2': convolutional({ filters: [12], strides: 2, pooling: 'flatten', features: 16 }) },
 *   onProgress: (event) => console.log(event),
 * });
 */
export async function factorize<const Tasks extends readonly TaskDescription[] = readonly TaskDescription[]>(
  options: FactorizeOptions<Tasks>,
): Promise<Factorization<Tasks>> {
  const { teacher, data, stages = 'separate' } = options;
  const { kinds } = { ...trainingDefaults, ...options };
  checkTasks(options.tasks ?? teacher.tasks, ofKinds(kinds));
  const tasks = (options.tasks ?? teacher.tasks).map((task) => ({ task, kind: kindOf(task, kinds) }));
  const complete = completeOptions(options, stages === 'separate' ? separately : together);
  const first = stages === 'separate' ? (options.commonObjective ?? commonObjective()) : [];
  const objective = [...first, ...complete.objective];
  const inputs = await openInputs({ teacher, data, tasks, objective, options: complete });
  const request = { given: options, options: complete, tasks, inputs, teacher, commonObjective: first };
  const result = await (stages === 'separate' ? factorizeInStages(request) : factorizeTogether(request));
  return result as Factorization<Tasks>;
}
