import { normalizeImages, randomStream } from '@factornet/core';
import { type Dataset, imagesTensor } from '@factornet/data';
import { LOG_VARIANCE_LIMITS } from '@factornet/mi';
import { type InputDescription, InvalidOptionError } from '@factornet/spec';
import {
  clipByValue,
  dispose,
  exp,
  type Scalar,
  softmax,
  type Tensor,
  type Tensor2D,
  type Tensor4D,
  tensor2d,
  tidy,
} from '@tensorflow/tfjs';
import { type CommonPart, type FactorPart, trainedVariables } from '../networks/networks';
import { pruneDimensions } from '../networks/prune-dimensions';
import { infoMaxBottleneck } from '../objective/info-max-bottleneck';
import type { FactorPass, ObjectiveTerm, PreparedTerm, TrainingPass } from '../objective/objective-term';
import { findTaskLogits } from '../teacher/task-logits';
import type { Teacher } from '../teacher/teacher';
import { cacheTeacher, type TeacherCache } from '../teacher/teacher-cache';
import { adam } from '../training/adam';
import { surveyLabels } from '../training/label-survey';
import type { EpochRecord } from '../training/progress';
import type { PreparedStep } from '../training/take-step';
import { oneHotTargets } from '../training/targets';
import { train } from '../training/train';
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
}

/** Trains the parts together on the objective, then cuts the dimensions of t that carry nothing. */
export async function trainNetworks(request: TrainNetworksRequest): Promise<TrainedNetworks> {
  const { teacher, data, common, factors, options, input } = request;
  const { epochs, batchSize, seed } = { ...trainingDefaults, ...options };
  const tasks = factors.map((factor) => factor.task);
  const survey = await surveyLabels(data, tasks);
  const terms = (options.objective ?? infoMaxBottleneck()).filter(
    ({ needs }) =>
      (common.trainable || !needs.includes('trainable-common')) &&
      (teacher !== undefined || !needs.includes('teacher')),
  );
  refuseTasksWithoutTargets(request, survey.labels);
  const prepared = terms.map((term) => ({
    ...term,
    running: term.prepare({
      commonFeatures: common.features,
      tapFeatures: teacher?.tapFeatures ?? {},
      tasks,
      labelEntropy: survey.entropy,
      seed,
    }),
  }));
  let cache: TeacherCache | undefined;
  try {
    if (teacher !== undefined) cache = await cacheTeacher(teacher, data, options);
    const { variables, statistics } = trainedVariables(common, factors);
    const optimizer = options.optimizer ?? adam();
    const history = await train({
      ...options,
      operation: request.operation,
      variables: [...variables, ...prepared.flatMap(({ running }) => running.variables)],
      statistics,
      examples: data.size,
      batchSize,
      epochs,
      seed,
      optimizer,
      fingerprint: JSON.stringify([
        request.operation,
        data.name,
        teacher?.digest,
        tasks,
        { epochs, batchSize, seed, optimizer: optimizer.name, learningRate: optimizer.learningRate },
        terms.map(({ name, weight }) => [name, weight]),
        variables.map((variable) => variable.shape),
      ]),
      prepare: (indices, key) =>
        prepareStep({ ...request, input, cache, labels: survey.labels, prepared, seed }, indices, key),
    });
    return { history, terms, informationPerDimension: await pruneFactors(request) };
  } finally {
    cache?.dispose();
    for (const { running } of prepared) running.dispose();
  }
}

interface StepContext extends TrainNetworksRequest {
  readonly cache: TeacherCache | undefined;
  readonly labels: Readonly<Record<string, Int32Array>>;
  readonly prepared: readonly (ObjectiveTerm & { readonly running: PreparedTerm })[];
  readonly seed: number;
}

/** Reads a batch, looks up the teacher's answers and draws the noise; nothing of it is on the tape. */
async function prepareStep(context: StepContext, indices: Int32Array, key: number): Promise<PreparedStep> {
  const { data, input, teacher, cache, labels, common, factors, prepared, seed } = context;
  const batch = await data.read(indices);
  const { inputs, factorInputs, teacherFeatures } = tidy(() => {
    const answers = cache?.lookUp(indices);
    return {
      inputs: normalizeImages(imagesTensor(batch, data.imageShape), input),
      teacherFeatures: answers?.features ?? {},
      factorInputs: factors.map(({ task }) => {
        const teacherLogits = teacher && answers && findTaskLogits(teacher, task).select(answers.logits);
        const own = labels[task.name];
        const noise = randomStream(seed, 'noise', task.name, key).normals(batch.size * common.features);
        return {
          ...(teacherLogits && { teacherLogits }),
          targets: own
            ? oneHotTargets(batch.labels[task.name] as Int32Array, task.classes.length)
            : (softmax(teacherLogits as Tensor2D) as Tensor2D),
          noise: tensor2d(noise, [batch.size, common.features]),
        };
      }),
    };
  });
  return {
    compute() {
      const z = common.apply(inputs);
      const pass: TrainingPass = {
        common: z,
        teacherFeatures,
        factors: factors.map((factor, index) =>
          passFactor(factor, inputs, z, factorInputs[index] as FactorInput),
        ),
      };
      const values = prepared.map((term) => ({ ...term, value: term.running.evaluate(pass) }));
      const loss = values
        .map(({ sense, weight, value }) => value.mul(sense === 'maximise' ? -weight : weight))
        .reduce((sum, value) => sum.add(value)) as Scalar;
      return { loss, terms: Object.fromEntries(values.map(({ name, value }) => [name, value])) };
    },
    dispose() {
      dispose([inputs, teacherFeatures, factorInputs] as unknown as Tensor[]);
    },
  };
}

interface FactorInput {
  readonly teacherLogits?: Tensor2D;
  readonly targets: Tensor2D;
  readonly noise: Tensor2D;
}

function passFactor(
  { task, specific, head }: FactorPart,
  inputs: Tensor4D,
  z: Tensor2D,
  { noise, ...given }: FactorInput,
): FactorPass {
  const [mean, rawLogVariance] = specific.apply(inputs, { training: true }) as [Tensor2D, Tensor2D];
  const logVariance = clipByValue(rawLogVariance, ...LOG_VARIANCE_LIMITS) as Tensor2D;
  const sample = mean.add(exp(logVariance.div(2)).mul(noise)) as Tensor2D;
  const logits = head.apply(z.add(sample), { training: true }) as Tensor2D;
  return { task, mean, logVariance, sample, logits, ...given };
}

function refuseTasksWithoutTargets(
  { teacher, factors }: TrainNetworksRequest,
  labels: Readonly<Record<string, Int32Array>>,
): void {
  for (const { task } of factors) {
    // Throws for a task that the teacher does not know.
    if (teacher !== undefined) findTaskLogits(teacher, task);
    else if (labels[task.name] === undefined) {
      throw new InvalidOptionError({
        option: 'data',
        expected: `labelled for the task "${task.name}", since there is no teacher to label it`,
        received: `without it`,
      });
    }
  }
}

async function pruneFactors({ factors, input, data, options }: TrainNetworksRequest) {
  const { pruneBelow: below } = { ...trainingDefaults, ...options };
  const information: Record<string, number[]> = {};
  for (const { task, specific } of factors) {
    const nats = await pruneDimensions({ specific, input, data, below });
    information[task.name] = [...nats].sort((one, other) => other - one);
  }
  return information;
}
