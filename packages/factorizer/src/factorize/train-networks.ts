import { adam } from '@factornet/core/training';
import { type Dataset, matchTasks } from '@factornet/data';
import { type InputDescription, InvalidOptionError } from '@factornet/spec';
import { putOnTeacherScale } from '../logit-scale/put-on-teacher-scale';
import { type CommonPart, type FactorPart, trainedVariables } from '../networks/networks';
import { pruneDimensions } from '../networks/prune-dimensions';
import type { ObjectiveTerm } from '../objective/objective-term';
import { readingsOf } from '../objective/tap-reading';
import { findTaskLogits } from '../teacher/task-logits';
import type { Teacher } from '../teacher/teacher';
import { cacheTeacher } from '../teacher/teacher-cache';
import { type LabelSurvey, surveyLabels } from '../training/label-survey';
import type { NetworkGradients } from '../training/network-gradients';
import type { EpochRecord } from '../training/progress';
import { train } from '../training/train';
import { openGradients } from '../training/worker-gradients';
import { evaluatedNetworks, prepareStep, type RunningTerm } from './prepare-step';
import { prepareTerms, selectTerms } from './run-terms';
import { type TrainingOptions, trainingDefaults } from './training-options';

export interface TrainNetworksRequest {
  readonly operation: string;
  readonly teacher: Teacher | undefined;
  readonly data: Dataset;
  readonly input: InputDescription;
  readonly common: CommonPart;
  readonly factors: readonly FactorPart[];
  readonly options: TrainingOptions;
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
 * Trains the parts together on the objective, then cuts the dimensions of t that carry nothing, and puts logits that are
 * to be compared on the teacher's scale.
 */
export async function trainNetworks(given: TrainNetworksRequest): Promise<TrainedNetworks> {
  const request = {
    ...given,
    data: matchTasks(
      given.data,
      given.factors.map(({ task }) => task),
      given.options.kinds,
    ),
  };
  const { teacher, data, common, factors, options } = request;
  const { kinds, epochs, batchSize, seed } = { ...trainingDefaults, ...options };
  const tasks = factors.map((factor) => factor.task);
  const survey = await surveyLabels(data, tasks, kinds);
  const terms = selectTerms(request);
  refuseTasksWithoutTargets(request, survey);
  const running: RunningTerm[] = [];
  let gradients: NetworkGradients | undefined;
  try {
    gradients = await openGradients(evaluatedNetworks(request), {
      workers: options.workers,
      batchSize: Math.min(batchSize, data.size),
    });
    const lookUp = await prepareTerms(
      terms,
      request,
      survey,
      running,
      async () => teacher && cacheTeacher(teacher, data, { ...options, readings: readingsOf(terms) }),
    );
    const trained = trainedVariables(common, factors);
    const variables = [...trained.variables, ...running.flatMap((term) => term.running.variables)];
    const termState = running.flatMap((term) => term.running.state ?? []);
    const optimizer = options.optimizer ?? adam();
    const context = { ...request, lookUp, labels: survey.labels, terms: running, seed };
    const history = await train({
      ...options,
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
        tasks,
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
      prepare: (indices, key, progress) => prepareStep(context, indices, { key, progress }),
    });
    const informationPerDimension = await pruneFactors(request);
    const logitScales =
      teacher === undefined || lookUp === undefined
        ? {}
        : await putOnTeacherScale({
            ...request,
            teacher,
            lookUp,
            seed,
            onProgress: options.onProgress,
            signal: options.signal,
          });
    return { history, terms, informationPerDimension, logitScales };
  } finally {
    await gradients?.dispose();
    for (const term of running) term.running.dispose();
  }
}

function refuseTasksWithoutTargets(
  { teacher, factors }: TrainNetworksRequest,
  { labels }: LabelSurvey,
): void {
  for (const { task, kind } of factors) {
    // Throws for a task that the teacher does not know.
    if (teacher !== undefined) findTaskLogits(teacher, task, kind);
    else if (labels[task.name] === undefined) {
      throw new InvalidOptionError({
        option: 'data',
        expected: `labelled for the task "${task.name}", since there is no teacher to label it`,
        received: `without it`,
      });
    }
  }
}

async function pruneFactors({ common, factors, input, data, options }: TrainNetworksRequest) {
  const { pruneBelow: below, seed } = { ...trainingDefaults, ...options };
  const information: Record<string, number[]> = {};
  for (const { task, code, description, specific } of factors) {
    // Of other codes no dimension has a rate of its own.
    if (code.type !== 'gaussian') continue;
    const request = { common, description, specific, input, data, below, seed, signal: options.signal };
    const nats = await pruneDimensions(request);
    information[task.name] = [...nats].sort((one, other) => other - one);
  }
  return information;
}
