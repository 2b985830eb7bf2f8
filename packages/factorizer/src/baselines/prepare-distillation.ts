import { normalizeImages } from '@factornet/core';
import { type Dataset, imagesTensor, type Labels, type LabelValues } from '@factornet/data';
import { kindOf } from '@factornet/spec/internal';
import { addN, dispose, type LayersModel, type Scalar, type Tensor, tidy } from '@tensorflow/tfjs';
import type { TrainableTaskKind } from '../kinds/trainable-task-kind';
import type { TaskBalance } from '../objective/task-balance';
import type { TaskLogits } from '../teacher/task-logits';
import type { TeacherLookUp } from '../teacher/teacher-cache';
import type { PreparedStep } from '../training/take-step';
import type { Distillation } from './distillation';
import type { PlainNetwork } from './plain-network';

export interface DistillationContext {
  readonly network: Pick<PlainNetwork, 'input' | 'tasks' | 'heads'>;
  readonly kinds: readonly TrainableTaskKind[];
  readonly data: Dataset;
  readonly lookUp: TeacherLookUp;
  /** Of each task, where its logits are among the teacher's. */
  readonly taught: readonly TaskLogits[];
  readonly labels: Labels;
  readonly distillation: Required<Distillation>;
  readonly balance: TaskBalance | undefined;
}

/** Reads a batch and looks up the teacher's answers; nothing of it is on the tape. */
export async function prepareDistillation(
  { network, kinds, data, lookUp, taught, labels, distillation, balance }: DistillationContext,
  indices: Int32Array,
): Promise<PreparedStep> {
  const { input, tasks, heads } = network;
  const batch = await data.read(indices);
  const images = imagesTensor(batch, data.imageShape);
  const { logits } = await lookUp({ indices, images });
  const given = tidy(() => ({
    inputs: normalizeImages(images, input),
    answers: tasks.map((task, index) => {
      const kind = kindOf(task, kinds);
      const teacherOutputs = (taught[index] as TaskLogits).select(logits);
      const targets =
        labels[task.name] === undefined
          ? kind.softTargets(task, teacherOutputs)
          : kind.targets(task, batch.labels[task.name] as LabelValues);
      return { teacherOutputs, targets };
    }),
  }));
  dispose([images, ...Object.values(logits)]);
  return {
    inputs: [[given.inputs]],
    compute([features]) {
      const { temperature, transferWeight } = distillation;
      const parts = tasks.map((task, index) => {
        const kind = kindOf(task, kinds);
        const head = heads[task.name] as LayersModel;
        const outputs = head.apply(features as Tensor, { training: true }) as Tensor;
        const answers = { outputs, ...(given.answers[index] as { targets: Tensor; teacherOutputs: Tensor }) };
        const error = kind.loss(answers);
        const taught = kind.transferLoss({ ...answers, temperature, outputTemperature: 1 });
        return { error, taught, loss: error.add(taught.mul(transferWeight)) as Scalar };
      });
      const errors = parts.map(({ error }) => error);
      const losses = parts.map(({ loss }) => loss);
      return {
        loss: balance === undefined ? (addN(losses) as Scalar) : balance.weigh(losses, errors),
        terms: {
          supervision: addN(errors) as Scalar,
          transfer: addN(parts.map(({ taught }) => taught)) as Scalar,
        },
      };
    },
    dispose: () => dispose(given as unknown as Tensor[]),
  };
}
