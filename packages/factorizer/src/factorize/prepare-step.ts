import { factorLogits, normalizeImages } from '@factornet/core';
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
import { codeDistribution, sampleCode } from '../networks/code-distribution';
import type { CommonPart, FactorPart } from '../networks/networks';
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
  const { inputs, factorInputs, taps } = await readInputs(context, indices, key);
  const readings = readingsOf(terms);
  return {
    inputs,
    compute(outputs) {
      const [z, codes] = common.trainable
        ? [outputs[0] as Tensor2D, outputs.slice(1)]
        : [common.apply(inputs), outputs];
      const pass: Omit<TrainingPass, 'teacherFeatures'> = {
        progress,
        common: z,
        factors: factors.map((factor, index) =>
          passFactor(factor, codes[index] as NetworkOutput, z, factorInputs[index] as FactorInput),
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
      dispose([inputs, taps, factorInputs] as unknown as Tensor[]);
    },
  };
}

/** Pictures, what is read of the teacher's taps, and what each factor is given. */
async function readInputs(
  { data, input, teacher, lookUp, labels, factors, seed }: StepContext,
  indices: Int32Array,
  key: number,
): Promise<{ inputs: Tensor4D; taps: TeacherAnswers['readings']; factorInputs: FactorInput[] }> {
  const batch = await data.read(indices);
  const images: Tensor4D = imagesTensor(batch, data.imageShape);
  let answers: TeacherAnswers | undefined;
  try {
    answers = await lookUp?.({ indices, images });
    const given = tidy(() => ({
      inputs: normalizeImages(images, input),
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
  const code = codeDistribution(outputs);
  const sample = sampleCode(code, noise);
  const { task, kind } = factor;
  return { task, kind, ...code, sample, logits: factorLogits(factor, z, sample, true), ...given };
}
