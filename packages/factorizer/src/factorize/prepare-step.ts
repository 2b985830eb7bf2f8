import { type CommonOutputs, factorLogits, normalizeImages } from '@factornet/core';
import { readingsOfFactor } from '@factornet/core/internal';
import { randomStream } from '@factornet/core/training';
import { type Dataset, imagesTensor, type Labels, selectLabels } from '@factornet/data';
import { type InputDescription, PICTURE } from '@factornet/spec';
import {
  dispose,
  type LayersModel,
  type Scalar,
  type Tensor,
  type Tensor2D,
  type TensorContainerObject,
  tensor2d,
  tidy,
} from '@tensorflow/tfjs';
import { type CommonPart, offeredBy } from '../networks/common-part';
import type { FactorPart } from '../networks/factor-part';
import type { FactorPass, ObjectiveTerm, PreparedTerm, TrainingPass } from '../objective/objective-term';
import type { TapReading } from '../objective/tap-reading';
import { findTaskLogits } from '../teacher/task-logits';
import type { Teacher } from '../teacher/teacher';
import type { TeacherAnswers } from '../teacher/teacher-answers';
import type { TeacherLookUp } from '../teacher/teacher-cache';
import type { NetworkOutput } from '../training/network-gradients';
import type { PreparedStep } from '../training/take-step';

/** An objective term with the trainable parts of this run. */
export interface RunningTerm extends ObjectiveTerm {
  readonly running: PreparedTerm;
}

/** A task that is learned, and its kind. */
export type RunTask = Pick<FactorPart, 'task' | 'kind'>;

export interface StepContext {
  readonly teacher: Teacher | undefined;
  readonly data: Dataset;
  readonly input: InputDescription;
  readonly common: CommonPart;
  /** What is learned, by the common network or by factors. */
  readonly tasks: readonly RunTask[];
  /** None, or one for each of the tasks, in their order. */
  readonly factors: readonly FactorPart[];
  /** Its answers. */
  readonly lookUp: TeacherLookUp | undefined;
  /** What the terms read of its taps. */
  readonly readings: readonly TapReading[];
  /** Of every example. */
  readonly labels: Labels;
  readonly terms: readonly RunningTerm[];
  readonly seed: number;
}

/** The networks whose outputs a step computes with, in this order: a trainable common one first. */
export function evaluatedNetworks({
  common,
  factors,
}: Pick<StepContext, 'common' | 'factors'>): LayersModel[] {
  return [...(common.trainable ? [common.network] : []), ...factors.map(({ specific }) => specific)];
}

/**
 * Reads a batch, looks up the teacher's answers and draws the noise; nothing of it is on the tape.
 *
 * @param step its `key` keys the noise: a number no other step of the run has; `progress` is the share of steps before it
 */
export async function prepareStep(
  context: StepContext,
  indices: Int32Array,
  { key, progress }: { readonly key: number; readonly progress: number },
): Promise<PreparedStep> {
  const { common, tasks, factors, terms, readings } = context;
  const { offered, taskInputs, noise, taps } = await readInputs(context, indices, key);
  return {
    inputs: [
      ...(common.trainable ? [[offered.picture as Tensor]] : []),
      ...factors.map(({ description }) => readingsOfFactor(description.reads, offered as CommonOutputs)),
    ],
    compute(outputs) {
      const [known, codes] = common.trainable
        ? [offeredBy(common, outputs[0] as NetworkOutput, offered.picture as Tensor), outputs.slice(1)]
        : [offered as CommonOutputs, outputs];
      const pass: Omit<TrainingPass, 'teacherFeatures'> = {
        progress,
        common: known.features,
        maps: known.maps,
        tasks: tasks.map(({ task, kind }, index) => ({ task, kind, ...(taskInputs[index] as TaskInput) })),
        factors: factors.map((factor, index) => ({
          ...passFactor(factor, codes[index] as NetworkOutput, known.features, noise[index] as Tensor2D),
          ...(taskInputs[index] as TaskInput),
        })),
      };
      const values = terms.map((term) => {
        const teacherFeatures = (term.reads && taps[readings.indexOf(term.reads)]) ?? {};
        return { ...term, value: term.running.evaluate({ ...pass, teacherFeatures }) };
      });
      const loss = values
        .map(({ sense, weight, value }) => value.mul(sense === 'maximise' ? -weight : weight))
        .reduce((sum, value) => sum.add(value)) as Scalar;
      return { loss, terms: Object.fromEntries(values.map(({ name, value }) => [name, value])) };
    },
    dispose() {
      dispose([offered, taps, taskInputs, noise] as unknown as Tensor[]);
    },
  };
}

/** Of a common network that is trained nothing is known before the step, and pictures are there where anyone reads them. */
type Offered = Partial<CommonOutputs>;

interface StepInputs {
  readonly offered: Offered;
  readonly taps: TeacherAnswers['readings'];
  readonly taskInputs: TaskInput[];
  readonly noise: Tensor2D[];
}

/** What frozen networks answer, and what each task and factor is given. Pictures are read only if a network needs them. */
async function readInputs(context: StepContext, indices: Int32Array, key: number): Promise<StepInputs> {
  const { data, input, lookUp, readings, common, tasks, factors, seed } = context;
  const images = needsPictures(context) ? imagesTensor(await data.read(indices), data.imageShape) : undefined;
  let answers: TeacherAnswers | undefined;
  try {
    answers = await lookUp?.({ indices, images, readings });
    // What tidy sees is tensors in lists and records; it wants to be told so.
    const given = tidy((): TensorContainerObject => {
      const picture = images && normalizeImages(images, input);
      const made: Omit<StepInputs, 'taps'> = {
        offered: {
          ...(picture && { picture }),
          ...(!common.trainable && common.offer({ indices, picture })),
        },
        taskInputs: tasks.map((task) => inputOf(task, context, indices, answers)),
        noise: factors.map(({ task, features }) => {
          const noise = randomStream(seed, 'noise', task.name, key).normals(indices.length * features);
          return tensor2d(noise, [indices.length, features]);
        }),
      };
      return { ...made } as unknown as TensorContainerObject;
    }) as unknown as Omit<StepInputs, 'taps'>;
    return { ...given, taps: answers?.readings ?? [] };
  } catch (error) {
    dispose(answers?.readings);
    throw error;
  } finally {
    dispose([images, answers?.logits] as Tensor[]);
  }
}

function needsPictures({ common, factors, lookUp }: StepContext): boolean {
  const read = factors.some(({ description }) => description.reads.some(({ from }) => from === PICTURE));
  const asked = lookUp !== undefined && !lookUp.kept;
  return common.trainable || !common.kept || read || asked;
}

interface TaskInput {
  readonly teacherLogits?: Tensor;
  readonly targets: Tensor;
}

function inputOf(
  { task, kind }: RunTask,
  { data, labels, teacher }: StepContext,
  indices: Int32Array,
  answers: TeacherAnswers | undefined,
): TaskInput {
  const teacherLogits = teacher && answers && findTaskLogits(teacher, task, kind).select(answers.logits);
  const own = labels[task.name];
  const targets = own
    ? kind.targets(task, selectLabels(own, indices, data.size))
    : kind.softTargets(task, teacherLogits as Tensor);
  return { ...(teacherLogits && { teacherLogits }), targets };
}

function passFactor(
  factor: FactorPart,
  outputs: NetworkOutput,
  z: Tensor2D,
  noise: Tensor2D,
): Omit<FactorPass, keyof TaskInput> {
  const { task, kind } = factor;
  const code = factor.code.encode(Array.isArray(outputs) ? outputs : [outputs], noise);
  return { task, kind, ...code, logits: factorLogits(factor, z, code.sample, true) };
}
