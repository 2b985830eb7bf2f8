import type { FactorNetwork } from '@factornet/core';
import type { FactornetError, TaskDescription } from '@factornet/spec';
import { diagnoseRun, withFindings } from '../diagnosis/diagnose-run';
import type { Finding } from '../diagnosis/finding';
import type { FrozenCommon } from '../networks/common-part';
import { createFactorPart, type SpecificBackbones } from '../networks/factor-part';
import type { ObjectiveTerm } from '../objective/objective-term';
import type { CheckpointStore } from '../training/checkpoint';
import type { EpochRecord } from '../training/progress';
import { type CompleteOptions, codeFor } from './complete-options';
import { factorNetworkOf, provenanceOf } from './descriptions';
import { isStop } from './is-stop';
import type { RunTask } from './prepare-step';
import { separately } from './recipes';
import { trainNetworks } from './train-networks';
import type { TrainingInputs } from './training-inputs';

export interface OneFactorRequest extends RunTask {
  readonly common: FrozenCommon;
  readonly specific: SpecificBackbones;
  readonly inputs: TrainingInputs;
  readonly options: CompleteOptions;
  readonly checkpoint?: CheckpointStore | undefined;
  /** Whether others are trained at the same time. */
  readonly apart?: boolean;
  readonly onStopped?: ((partial: FactorNetwork, reason: FactornetError) => void | Promise<void>) | undefined;
}

export interface OneFactor<Task extends TaskDescription = TaskDescription> {
  readonly factor: FactorNetwork<Task>;
  readonly history: readonly EpochRecord[];
  readonly findings: readonly Finding[];
  readonly informationPerDimension: Readonly<Record<string, readonly number[]>>;
}

/** Trains a factor on a frozen common network: the one way to do so, whoever asks. */
export async function trainOneFactor(request: OneFactorRequest): Promise<OneFactor> {
  const { common, task, kind, inputs, options } = request;
  const { input, representation } = common.brick.description;
  const { seed, fusion } = options;
  const part = createFactorPart(
    task,
    kind,
    request.specific,
    { code: codeFor(task, kind, options, separately), fusion, hidden: options.hidden },
    common,
    { input, seed },
  );
  const finish = (terms: readonly ObjectiveTerm[], logitScale?: number): FactorNetwork => {
    const provenance = provenanceOf({ teacher: inputs.teacher, data: inputs.data.name, terms, seed });
    return factorNetworkOf(part, representation, provenance, logitScale);
  };
  try {
    const { history, terms, logitScales, informationPerDimension } = await trainNetworks({
      operation: `train factor ${task.name}`,
      ...{ inputs, input, common, options },
      tasks: [{ task, kind }],
      factors: [part],
      objective: options.objective,
      checkpoint: request.checkpoint,
      apart: request.apart,
    });
    const factor = finish(terms, logitScales[task.name]);
    const { data } = inputs;
    const run = { common, factors: [factor], history, terms, data, options, task: task.name };
    const findings = await diagnoseRun(run);
    return { factor: withFindings(factor, findings), history, findings, informationPerDimension };
  } catch (error) {
    if (request.onStopped !== undefined && isStop(error)) {
      await request.onStopped(finish(options.objective), error);
    } else {
      part.specific.dispose();
      part.head.dispose();
    }
    throw error;
  }
}
