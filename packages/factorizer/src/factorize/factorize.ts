import { add, type FactorNetwork } from '@factornet/core';
import type { Dataset } from '@factornet/data';
import type { FactornetError, TaskDescription } from '@factornet/spec';
import { kindOf } from '@factornet/spec/internal';
import { checkTasks, ofKinds } from '@factornet/spec/training';
import type { Backbone } from '@factornet/zoo';
import { withTemperatures } from '../calibration/with-temperatures';
import { trainableGaussian } from '../codes/trainable-gaussian';
import { diagnoseRun, withFindings } from '../diagnosis/diagnose-run';
import {
  type CommonPart,
  createCommonPart,
  createFactorPart,
  type FactorPart,
  type SpecificBackbones,
} from '../networks/networks';
import { infoMaxBottleneck } from '../objective/info-max-bottleneck';
import type { Teacher } from '../teacher/teacher';
import { descriptionOfCommon, descriptionOfFactor, provenanceOf } from './descriptions';
import type { Factorization, FactorsOf } from './factorization';
import { isStop } from './is-stop';
import { type TrainedNetworks, trainNetworks } from './train-networks';
import { type TrainingOptions, trainingDefaults } from './training-options';

export interface FactorizeOptions<Tasks extends readonly TaskDescription[]> extends TrainingOptions {
  /** Frozen; bit-identical afterwards. */
  teacher: Teacher;
  /** Training examples; classes are matched by name. Tasks without labels learn from the teacher's outputs alone. */
  data: Dataset;
  /**
   * Pictures to fit the temperatures of joint distributions on, of which no network sees any, a thousand or more. Default:
   * the training pictures, since what factors are wrong about together is what none of them was trained on, classes of the
   * others; on shapes, an error of 0.013 that way, 0.012 by 1,000 others, and 0.028 and a lower accuracy by a tenth of
   * the pictures withheld from training. Without labels, the teacher's probabilities serve.
   */
  calibration?: Dataset;
  /** One factor each: tasks of the teacher, or class subsets of one. Default: all of the teacher's. */
  tasks?: Tasks;
  /** Backbone of the common-knowledge network; with `add()` its feature length is that of every factor, too. */
  common: Backbone;
  /** Names of the backbone's maps that factors may read. Default none. */
  maps?: readonly string[];
  /** Of every task-specific network, or for each task: a backbone of pictures, or one for each thing that it reads. */
  specific: SpecificBackbones | ((task: TaskDescription) => SpecificBackbones);
  /**
   * Called before this function throws because of NaN, cancellation or a worker that died, with the networks at their last
   * good weights. The listener owns them.
   */
  onStopped?: (partial: Factorization, reason: FactornetError) => void | Promise<void>;
}

/**
 * Takes a teacher apart: one common-knowledge network and one factor per task, trained jointly by the
 * InfoMax-Bottleneck objective. `assemble(common, [factor, …])` puts any of them together again.
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
 *   specific: convolutional({ filters: [8, 16, 32], features: 32 }),
 *   onProgress: (event) => console.log(event),
 * });
 */
export async function factorize<const Tasks extends readonly TaskDescription[] = readonly TaskDescription[]>(
  options: FactorizeOptions<Tasks>,
): Promise<Factorization<Tasks>> {
  const { teacher, data, common: backbone, specific, onStopped } = options;
  const tasks = options.tasks ?? teacher.tasks;
  const { kinds } = { ...trainingDefaults, ...options };
  checkTasks(tasks, ofKinds(kinds));
  const request = { input: teacher.input, seed: options.seed ?? trainingDefaults.seed };
  const common = createCommonPart(backbone, { ...request, maps: options.maps });
  const factors = tasks.map((task) =>
    createFactorPart(
      task,
      kindOf(task, kinds),
      typeof specific === 'function' ? specific(task) : specific,
      { code: options.code ?? trainableGaussian(), fusion: options.fusion ?? add() },
      common,
      request,
    ),
  );
  const finish = (trained: TrainedNetworks) =>
    factorizationOf({ common, factors, backbone, teacher, data, trained, seed: request.seed });
  try {
    const { calibration = data, seed = trainingDefaults.seed, onProgress, signal } = options;
    const trained = await trainNetworks({
      operation: 'factorize',
      teacher,
      data,
      input: teacher.input,
      common,
      factors,
      options,
    });
    const fitted = { teacher, data: calibration, kinds, seed, onProgress, signal };
    const made = await withTemperatures(await finish(trained), fitted);
    return (await diagnosed(made, trained, options)) as Factorization<Tasks>;
  } catch (error) {
    if (onStopped !== undefined && isStop(error)) {
      const terms = options.objective ?? infoMaxBottleneck();
      await onStopped(
        await finish({ terms, history: [], informationPerDimension: {}, logitScales: {} }),
        error,
      );
    } else {
      common.network.dispose();
      for (const { specific: network, head } of factors) {
        network.dispose();
        head.dispose();
      }
    }
    throw error;
  }
}

async function factorizationOf(parts: {
  common: CommonPart;
  factors: readonly FactorPart[];
  backbone: Backbone;
  teacher: Teacher;
  data: Dataset;
  trained: TrainedNetworks;
  seed: number;
}): Promise<Factorization> {
  const { common, factors, backbone, teacher, data, trained, seed } = parts;
  const provenance = provenanceOf({ teacher, data: data.name, terms: trained.terms, seed });
  const description = await descriptionOfCommon(common, backbone, teacher.input, provenance);
  const described = factors.map((factor): [string, FactorNetwork] => [
    factor.task.name,
    {
      kind: 'factor',
      description: descriptionOfFactor(
        factor,
        description.representation,
        provenance,
        trained.logitScales[factor.task.name],
      ),
      code: factor.code,
      fusion: factor.fusion,
      specific: factor.specific,
      head: factor.head,
    },
  ]);
  return {
    common: { kind: 'common', description, network: common.network },
    factors: Object.fromEntries(described) as FactorsOf<readonly TaskDescription[]>,
    history: trained.history,
    findings: [],
    informationPerDimension: trained.informationPerDimension,
  };
}

/** With what is wrong, which the factors' reports say, too. */
async function diagnosed(
  made: Factorization,
  { terms }: TrainedNetworks,
  { data, ...options }: Pick<FactorizeOptions<readonly TaskDescription[]>, 'data'> & TrainingOptions,
): Promise<Factorization> {
  const { common, factors, history } = made;
  const findings = await diagnoseRun({
    common,
    factors: Object.values(factors),
    history,
    terms,
    data,
    options,
  });
  const reported = Object.entries(factors).map(([task, factor]) => [task, withFindings(factor, findings)]);
  return { ...made, factors: Object.fromEntries(reported), findings };
}
