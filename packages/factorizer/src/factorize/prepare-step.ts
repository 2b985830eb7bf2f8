import { type CommonOutputs, factorLogits, normalizeImages } from '@factornet/core';
import { readingsOfFactor } from '@factornet/core/internal';
import { randomStream } from '@factornet/core/training';
import { type Dataset, imagesTensor, type Labels, type LabelValues } from '@factornet/data';
import type { InputDescription } from '@factornet/spec';
import {
  dispose,
  type LayersModel,
  type Scalar,
  type Tensor,
  type Tensor2D,
  type Tensor4D,
  tensor2d,
  tidy,
} from '@tensorflow/tfjs';
import { type CommonPart, type FactorPart, offeredBy } from '../networks/networks';
import type { FactorPass, ObjectiveTerm, PreparedTerm, TrainingPass } from '../objective/objective-term';
import { readingsOf } from '../objective/tap-reading';
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

export interface StepContext {
  readonly teacher: Teacher | undefined;
  readonly data: Dataset;
  readonly input: InputDescription;
  readonly common: CommonPart;
  readonly factors: readonly FactorPart[];
  /** Its answers, with what the terms read of its taps. */
  readonly lookUp: TeacherLookUp | undefined;
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
  const { common, factors, terms } = context;
  const { offered, factorInputs, taps } = await readInputs(context, indices, key);
  const readings = readingsOf(terms);
  return {
    inputs: [
      ...(common.trainable ? [[offered.picture]] : []),
      ...factors.map(({ description }) => readingsOfFactor(description.reads, offered)),
    ],
    compute(outputs) {
      const [known, codes] = common.trainable
        ? [offeredBy(common, outputs[0] as NetworkOutput, offered.picture), outputs.slice(1)]
        : [offered as CommonOutputs, outputs];
      const pass: Omit<TrainingPass, 'teacherFeatures'> = {
        progress,
        common: known.features,
        maps: known.maps,
        tasks: factors.map(({ task, kind }, index) => ({
          task,
          kind,
          ...(factorInputs[index] as FactorInput),
        })),
        factors: factors.map((factor, index) =>
          passFactor(
            factor,
            codes[index] as NetworkOutput,
            known.features,
            factorInputs[index] as FactorInput,
          ),
        ),
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
      dispose([offered, taps, factorInputs] as unknown as Tensor[]);
    },
  };
}

/** What a common network that is trained offers is not known before the step. */
type Offered = Pick<CommonOutputs, 'picture' | 'maps'> & Partial<CommonOutputs>;

/** Pictures, what is read of the teacher's taps, and what each factor is given. */
async function readInputs(
  { data, input, common, teacher, lookUp, labels, factors, seed }: StepContext,
  indices: Int32Array,
  key: number,
): Promise<{ offered: Offered; taps: TeacherAnswers['readings']; factorInputs: FactorInput[] }> {
  const batch = await data.read(indices);
  const images: Tensor4D = imagesTensor(batch, data.imageShape);
  let answers: TeacherAnswers | undefined;
  try {
    answers = await lookUp?.({ indices, images });
    const given = tidy(() => ({
      offered: offer(common, normalizeImages(images, input)),
      factorInputs: factors.map(({ task, kind, features }) => {
        const teacherLogits =
          teacher && answers && findTaskLogits(teacher, task, kind).select(answers.logits);
        const own = labels[task.name];
        const noise = randomStream(seed, 'noise', task.name, key).normals(batch.size * features);
        return {
          ...(teacherLogits && { teacherLogits }),
          targets: own
            ? kind.targets(task, batch.labels[task.name] as LabelValues)
            : kind.softTargets(task, teacherLogits as Tensor),
          noise: tensor2d(noise, [batch.size, features]),
        };
      }),
    }));
    return { ...given, taps: answers?.readings ?? [] };
  } catch (error) {
    dispose(answers?.readings);
    throw error;
  } finally {
    dispose([images, answers?.logits]);
  }
}

/** A frozen network is evaluated before the step, off the tape. */
function offer(common: CommonPart, picture: Tensor): Offered {
  return common.trainable ? { picture, maps: {} } : common.evaluate(picture);
}

interface FactorInput {
  readonly teacherLogits?: Tensor;
  readonly targets: Tensor;
  readonly noise: Tensor2D;
}

function passFactor(
  factor: FactorPart,
  outputs: NetworkOutput,
  z: Tensor2D,
  { noise, ...given }: FactorInput,
): FactorPass {
  const { task, kind } = factor;
  const code = factor.code.encode(Array.isArray(outputs) ? outputs : [outputs], noise);
  return { task, kind, ...code, logits: factorLogits(factor, z, code.sample, true), ...given };
}
