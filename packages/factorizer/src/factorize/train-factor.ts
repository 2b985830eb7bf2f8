import { add, type CommonNetwork, type FactorNetwork } from '@factornet/core';
import type { Dataset } from '@factornet/data';
import type { FactornetError, TaskDescription } from '@factornet/spec';
import { kindOf } from '@factornet/spec/internal';
import { checkTask, ofKinds } from '@factornet/spec/training';
import { trainableGaussian } from '../codes/trainable-gaussian';
import { diagnoseRun, withFindings } from '../diagnosis/diagnose-run';
import type { Finding } from '../diagnosis/finding';
import { createFactorPart, frozenCommonPart, type SpecificBackbones } from '../networks/networks';
import { infoMaxBottleneck } from '../objective/info-max-bottleneck';
import type { ObjectiveTerm } from '../objective/objective-term';
import type { Teacher } from '../teacher/teacher';
import type { EpochRecord } from '../training/progress';
import { descriptionOfFactor, provenanceOf } from './descriptions';
import { isStop } from './is-stop';
import { trainNetworks } from './train-networks';
import { type TrainingOptions, trainingDefaults } from './training-options';

export interface TrainFactorOptions<Task extends TaskDescription> extends TrainingOptions {
  /** Frozen; bit-identical afterwards. */
  common: CommonNetwork;
  task: Task;
  /** The task-specific network: a backbone of pictures, or one for each thing that it reads. */
  specific: SpecificBackbones;
  data: Dataset;
  /** Without a teacher the factor learns from labels alone. */
  teacher?: Teacher;
  /** As in `factorize`. */
  onStopped?: (partial: FactorNetwork, reason: FactornetError) => void | Promise<void>;
}

export interface TrainedFactor<Task extends TaskDescription = TaskDescription> {
  readonly factor: FactorNetwork<Task>;
  /** Means per epoch of the loss and of every term, in nats. */
  readonly history: readonly EpochRecord[];
  /** What is wrong with the run and the factor, as far as pictures tell that it was trained on. */
  readonly findings: readonly Finding[];
}

/**
 * Adds a skill to an existing common-knowledge network: trains one more factor for it. Nothing that others
 * use changes, so the new factor assembles with every factor of that network.
 *
 * @throws as `factorize`
 * @example
 * const { factor } = await trainFactor({ common, task, specific: convolutional({ … }), data });
 * const network = await assemble(common, [shape, factor]);
 */
export async function trainFactor<const Task extends TaskDescription>(
  options: TrainFactorOptions<Task>,
): Promise<TrainedFactor<Task>> {
  const { common, task, specific, data, teacher, onStopped } = options;
  const { kinds } = { ...trainingDefaults, ...options };
  checkTask(task, ofKinds(kinds));
  const { input, representation } = common.description;
  const seed = options.seed ?? trainingDefaults.seed;
  const frozen = frozenCommonPart(common);
  const part = createFactorPart(
    task,
    kindOf(task, kinds),
    specific,
    { code: options.code ?? trainableGaussian(), fusion: options.fusion ?? add() },
    frozen,
    { input, seed },
  );
  const finish = (terms: readonly ObjectiveTerm[], logitScale?: number): FactorNetwork<Task> => ({
    kind: 'factor',
    description: descriptionOfFactor(
      part,
      representation,
      provenanceOf({ teacher, data: data.name, terms, seed }),
      logitScale,
    ),
    code: part.code,
    fusion: part.fusion,
    specific: part.specific,
    head: part.head,
  });
  try {
    const { history, terms, logitScales } = await trainNetworks({
      operation: 'train factor',
      teacher,
      data,
      input,
      common: frozen,
      factors: [part],
      options,
    });
    const factor = finish(terms, logitScales[task.name]);
    const run = { common, factors: [factor], history, terms, data, options, task: task.name };
    const findings = await diagnoseRun(run);
    return { factor: withFindings(factor, findings), history, findings };
  } catch (error) {
    if (onStopped !== undefined && isStop(error)) {
      await onStopped(finish(options.objective ?? infoMaxBottleneck()), error);
    } else {
      part.specific.dispose();
      part.head.dispose();
    }
    throw error;
  }
}
