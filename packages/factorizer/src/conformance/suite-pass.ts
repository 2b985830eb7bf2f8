import { add, concatenate, type Fusion } from '@factornet/core';
import { randomStream } from '@factornet/core/training';
import type { ClassificationTask } from '@factornet/spec';
import {
  dispose,
  type Tensor,
  type Tensor2D,
  type Tensor4D,
  tensor2d,
  tidy,
  util,
  type Variable,
  variable,
} from '@tensorflow/tfjs';
import { trainableClassification } from '../kinds/classification/trainable-classification';
import { trainableTaskKinds } from '../kinds/trainable-task-kinds';
import type { FactorPass, TaskPass, TermRequest, TrainingPass } from '../objective/objective-term';
import { averagePositions, type TapReading } from '../objective/tap-reading';

const batch = 5;
const features = 4;

/** Two small tasks. */
export const suiteTasks: readonly ClassificationTask[] = [
  { name: 'first', type: 'classification', classes: ['a', 'b', 'c'] },
  { name: 'second', type: 'classification', classes: ['yes', 'no'] },
];

/** Of a teacher with a map and a vector, per tap. */
export const suiteTapShapes = { shallow: [2, 2, 3], deep: [6] };

/** Of a common network with two maps. */
export const suiteMapShapes = { 'block-1': [4, 4, 2], 'block-2': [2, 2, 3] };

const gaussianCode = { type: 'gaussian', gaussian: true, answers: false };

/** What a term that averages positions is prepared with for a {@link SuitePass}. */
export const suiteRequest: TermRequest = {
  commonFeatures: features,
  // Of two lengths, so that no term takes one for another's, or for that of z.
  codeFeatures: { first: features, second: 3 },
  mapShapes: suiteMapShapes,
  codes: { first: gaussianCode, second: gaussianCode },
  tapShapes: { shallow: [3], deep: [6] },
  tapMoments: {},
  tasks: suiteTasks,
  kinds: trainableTaskKinds,
  labelEntropy: { first: Math.log(3), second: Math.log(2) },
  seed: 1,
};

/** Some moments of what a term reads, other ones for each dimension. */
export function suiteMoments(tapShapes: TermRequest['tapShapes']): TermRequest['tapMoments'] {
  const momentsOf = (size: number) => ({
    mean: Float32Array.from({ length: size }, (_, index) => 0.1 * Math.sin(index)),
    deviation: Float32Array.from({ length: size }, (_, index) => 1 + 0.2 * Math.cos(index)),
  });
  return Object.fromEntries(
    Object.entries(tapShapes).map(([tap, shape]) => [tap, momentsOf(util.sizeFromShape([...shape]))]),
  );
}

const fusionOf = (length: number): Fusion => (length === features ? add() : concatenate());

/** Stands for the networks of a training step: what each computed is a variable, so that gradients show. */
export interface SuitePass {
  /** `common`, `maps/<name>`, and per task `<task>/mean`, `<task>/log-variance` and `<task>/head`. */
  readonly leaves: Readonly<Record<string, Variable>>;
  /** Computes samples and logits from the leaves; call it on the tape. */
  compute(): TrainingPass;
  dispose(): void;
}

export interface SuitePassOptions {
  seed?: number;
  /** Labels per task; −1 for none. Default: all kinds, one missing. */
  labels?: readonly (readonly number[])[];
  /** Share of the run's steps before this one. Default 0.5. */
  progress?: number;
  /** How the term reads taps. Default `averagePositions`. */
  reads?: TapReading | undefined;
}

/** Random networks' answers to a batch of five. */
export function suitePass({
  seed = 1,
  labels = [
    [0, 1, 2, -1, 1],
    [1, 0, 0, 1, -1],
  ],
  progress = 0.5,
  reads = averagePositions,
}: SuitePassOptions = {}): SuitePass {
  const random = (key: string, columns: number, rows = batch) =>
    tensor2d(randomStream(seed, 'suite', key).normals(rows * columns), [rows, columns]);
  const leaf = (key: string, columns: number, rows = batch) =>
    tidy(() => variable(random(key, columns, rows) as Tensor2D)) as Variable;
  const leaves: Record<string, Variable> = { common: leaf('common', features) };
  for (const [name, shape] of Object.entries(suiteMapShapes)) {
    leaves[`maps/${name}`] = leaf(`maps/${name}`, util.sizeFromShape(shape));
  }
  const constants: Record<string, Tensor2D> = {};
  for (const [index, { name, classes }] of suiteTasks.entries()) {
    const length = suiteRequest.codeFeatures[name] as number;
    leaves[`${name}/mean`] = leaf(`${name}/mean`, length);
    leaves[`${name}/log-variance`] = leaf(`${name}/log-variance`, length);
    leaves[`${name}/head`] = leaf(
      `${name}/head`,
      classes.length,
      fusionOf(length).headLength(features, length),
    );
    constants[`${name}/noise`] = random(`${name}/noise`, length);
    constants[`${name}/teacher`] = random(`${name}/teacher`, classes.length);
    const rows = (labels[index] as readonly number[]).map((label) => classes.map((_, k) => +(k === label)));
    constants[`${name}/targets`] = tensor2d(rows, [batch, classes.length]);
  }
  const teacherFeatures = tidy(() =>
    Object.fromEntries(
      Object.entries(suiteTapShapes).map(([tap, shape]) => {
        const values = random(tap, util.sizeFromShape(shape));
        return [tap, reads(values.reshape([batch, ...shape]))];
      }),
    ),
  );
  return {
    leaves,
    compute() {
      const z = leaves.common as Tensor as Tensor2D;
      const maps = Object.fromEntries(
        Object.entries(suiteMapShapes).map(([name, shape]) => [
          name,
          (leaves[`maps/${name}`] as Variable).reshape([batch, ...shape]),
        ]),
      );
      const tasks = suiteTasks.map(
        (task): TaskPass => ({
          task,
          kind: trainableClassification(),
          targets: constants[`${task.name}/targets`] as Tensor2D,
          teacherLogits: constants[`${task.name}/teacher`] as Tensor2D,
        }),
      );
      return {
        progress,
        common: z,
        maps,
        teacherFeatures,
        tasks,
        factors: tasks.map((given): FactorPass => {
          const { name } = given.task;
          const [mean, logVariance, head] = ['mean', 'log-variance', 'head'].map(
            (part) => leaves[`${name}/${part}`] as Tensor as Tensor2D,
          ) as [Tensor2D, Tensor2D, Tensor2D];
          const noise = constants[`${name}/noise`] as Tensor2D;
          const sample = mean.add(logVariance.div(2).exp().mul(noise)) as Tensor2D;
          const logits = fusionOf(mean.shape[1]).fuse(z, sample).matMul(head) as Tensor2D;
          return { ...given, gaussian: { mean, logVariance }, sample, logits };
        }),
      };
    },
    dispose() {
      dispose([leaves, constants, teacherFeatures]);
    },
  };
}

/** Pictures with values in [0, 1], different from each other. */
export function suitePictures(count: number, [height, width, channels]: readonly number[]): Tensor4D {
  const shape = [count, height, width, channels] as [number, number, number, number];
  const size = shape.reduce((product, length) => product * length, 1);
  const stream = randomStream(2, 'suite', 'pictures');
  return tidy(() => tensor2d(Float32Array.from({ length: size }, stream.uniform), [1, size]).reshape(shape));
}
