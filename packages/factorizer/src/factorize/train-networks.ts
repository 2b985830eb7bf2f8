import type { InputDescription } from '@factornet/spec';
import { sharpenHeads } from '../calibration/sharpen-heads';
import { putOnTeacherScale } from '../logit-scale/put-on-teacher-scale';
import type { CommonPart } from '../networks/common-part';
import { type FactorPart, trainedVariables } from '../networks/factor-part';
import { pruneDimensions } from '../networks/prune-dimensions';
import type { ObjectiveTerm } from '../objective/objective-term';
import { readingsOf } from '../objective/tap-reading';
import type { CheckpointStore } from '../training/checkpoint';
import type { NetworkGradients } from '../training/network-gradients';
import type { EpochRecord } from '../training/progress';
import { train } from '../training/train';
import { openGradients } from '../training/worker-gradients';
import type { CompleteOptions } from './complete-options';
import { evaluatedNetworks, prepareStep, type RunningTerm, type RunTask } from './prepare-step';
import { prepareTerms, selectTerms } from './run-terms';
import type { TrainingInputs } from './training-inputs';

export interface TrainNetworksRequest {
  /** For messages, and to tell one training of a run from another. */
  readonly operation: string;
  readonly inputs: TrainingInputs;
  readonly input: InputDescription;
  readonly common: CommonPart;
  readonly tasks: readonly RunTask[];
  /** None, or one for each of the tasks, in their order. */
  readonly factors: readonly FactorPart[];
  readonly objective: readonly ObjectiveTerm[];
  readonly options: CompleteOptions;
  readonly checkpoint?: CheckpointStore | undefined;
  /** Evaluates the networks on one worker thread, since others are trained at the same time. */
  readonly apart?: boolean | undefined;
}

export interface TrainedNetworks {
  readonly history: readonly EpochRecord[];
  /** The terms that were in use. */
  readonly terms: readonly ObjectiveTerm[];
  readonly informationPerDimension: Readonly<Record<string, readonly number[]>>;
  /** By task, for classes of a label space that the teacher knows as a whole. */
  readonly logitScales: Readonly<Record<string, number>>;
}

/**
 * Trains the parts together on the objective, then cuts the dimensions of Gaussian codes that carry nothing, makes heads as
 * sure as the teacher, and puts logits that are to be compared on its scale.
 */
export async function trainNetworks(request: TrainNetworksRequest): Promise<TrainedNetworks> {
  const { common, factors, options, tasks, inputs } = request;
  const { teacher, data, survey } = inputs;
  const { epochs, batchSize, seed, optimizer } = options;
  const terms = selectTerms({ ...request, teacher });
  const running: RunningTerm[] = [];
  let gradients: NetworkGradients | undefined;
  try {
    gradients = await openGradients(evaluatedNetworks(request), {
      workers: options.workers,
      apart: request.apart,
      batchSize: Math.min(batchSize, data.size),
    });
    const context = { ...request, teacher, data };
    const lookUp = await prepareTerms(terms, context, survey, running, inputs.ask);
    const trained = trainedVariables(common, factors);
    const variables = [...trained.variables, ...running.flatMap((term) => term.running.variables)];
    const termState = running.flatMap((term) => term.running.state ?? []);
    const steps = {
      ...context,
      lookUp,
      readings: readingsOf(terms),
      labels: survey.labels,
      terms: running,
      seed,
    };
    const history = await train({
      ...options,
      checkpoint: request.checkpoint,
      operation: request.operation,
      variables,
      statistics: trained.statistics,
      termState,
      gradients,
      examples: data.size,
      batchSize,
      epochs,
      seed,
      optimizer,
      fingerprint: JSON.stringify([
        request.operation,
        data.name,
        teacher && [teacher.digest, teacher.taps],
        tasks.map(({ task }) => task),
        factors.map(({ fusion, code, description }) => [
          fusion.type,
          code.type,
          code.settings,
          description.reads.map(({ from }) => from),
        ]),
        { epochs, batchSize, seed, optimizer: [optimizer.name, optimizer.learningRate, optimizer.settings] },
        terms.map(({ name, weight, settings }) => [name, weight, settings]),
        [...variables, ...termState].map((variable) => variable.shape),
      ]),
      prepare: (indices, key, progress) => prepareStep(steps, indices, { key, progress }),
    });
    const informationPerDimension = await pruneFactors(request);
    let logitScales = {};
    if (teacher !== undefined && lookUp !== undefined && factors.length > 0) {
      const { onProgress, signal } = options;
      const taught = { ...request, teacher, data, lookUp, seed, onProgress, signal };
      await sharpenHeads({ ...taught, labels: survey.labels });
      logitScales = await putOnTeacherScale(taught);
    }
    return { history, terms, informationPerDimension, logitScales };
  } finally {
    await gradients?.dispose();
    for (const term of running) term.running.dispose();
  }
}

async function pruneFactors({ common, factors, input, inputs: { data }, options }: TrainNetworksRequest) {
  const { pruneBelow: below, seed } = options;
  const information: Record<string, number[]> = {};
  for (const { task, code, description, specific } of factors) {
    // Of other codes no dimension has a rate of its own.
    if (!code.gaussian) continue;
    const request = { common, description, specific, input, data, below, seed, signal: options.signal };
    const nats = await pruneDimensions(request);
    information[task.name] = [...nats].sort((one, other) => other - one);
  }
  return information;
}
