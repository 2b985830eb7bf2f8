import type { CommonNetwork, FactorNetwork } from '@factornet/core';
import type { Dataset } from '@factornet/data';
import type { FactornetError, TaskDescription } from '@factornet/spec';
import { kindOf } from '@factornet/spec/internal';
import { checkTask, ofKinds } from '@factornet/spec/training';
import type { Finding } from '../diagnosis/finding';
import type { SpecificBackbones } from '../networks/factor-part';
import { freezeCommon } from '../networks/freeze-common';
import type { Teacher } from '../teacher/teacher';
import type { CheckpointStore } from '../training/checkpoint';
import type { EpochRecord } from '../training/progress';
import { completeOptions } from './complete-options';
import { separately } from './recipes';
import { type OneFactorRequest, trainOneFactor } from './train-one-factor';
import { openInputs } from './training-inputs';
import type { TrainingOptions } from './training-options';

export interface TrainFactorOptions<Task extends TaskDescription> extends TrainingOptions {
  /** Frozen; bit-identical afterwards. */
  common: CommonNetwork;
  task: Task;
  /** The task-specific network: a backbone of pictures, or one for each thing that it reads. */
  specific: SpecificBackbones;
  data: Dataset;
  /** Without a teacher the factor learns from labels alone. */
  teacher?: Teacher;
  /** Where the run's state is kept; a run that was stopped goes on from there. */
  checkpoint?: CheckpointStore;
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
  const complete = completeOptions(options, separately);
  checkTask(task, ofKinds(complete.kinds));
  const kind = kindOf(task, complete.kinds);
  const { objective, teacherCacheBytes: bytes, onProgress, signal } = complete;
  const inputs = await openInputs({ teacher, data, tasks: [{ task, kind }], objective, options: complete });
  const frozen = await freezeCommon(common, inputs.data, { bytes, onProgress, signal });
  const { factor, history, findings } = await trainOneFactor({
    ...{ common: frozen, task, kind, specific, inputs, options: complete },
    checkpoint: options.checkpoint,
    onStopped: onStopped as OneFactorRequest['onStopped'],
  });
  return { factor: factor as FactorNetwork<Task>, history, findings };
}
