import { kindOf } from '@factornet/spec/internal';
import { addN, type LayersModel, type Scalar, tidy } from '@tensorflow/tfjs';
import { trainableVariables } from '../networks/variables';
import type { ObjectiveTerm, TaskPass, TrainingPass } from './objective-term';
import { balanceTasks } from './task-balance';
import { trainedValue } from './trained-value';

export interface CommonDistillationOptions {
  /** Default 1. */
  weight?: number;
  /** Of the teacher's answers, beside 1 for the labels. Default 1. */
  transferWeight?: number;
  /** T that the teacher's logits are divided by. Default 10. */
  temperature?: number;
  /** Whether tasks count the more, the more they still get wrong: see `balanceTasks`. Default true. */
  balanced?: boolean;
}

/**
 * The common network knows all tasks: linear heads on z, which exist during training only, learn the labels and the
 * teacher's softened answers, `Σ_t w_t · [loss(W_t z, y_t) + λ · KL(softmax(teacher_t / T) ‖ softmax(W_t z))]` for
 * classifications, as their kinds compare them for others. Of tasks without labels the teacher's own answers stand for
 * both. `w_t` is 1, or balanced:
 *
 * `w_t = T · (e_t + 0.02) / Σ (e + 0.02)`, `e_t` the moving average of `loss_t`.
 *
 * Reports the sum with all weights 1, in nats, so that it can be compared from step to step; trains the balanced one.
 *
 * @example
 * const objective = [commonDistillation(), commonInformation({ weight: 15, bound: gaussianRegression() })];
 */
export function commonDistillation({
  weight = 1,
  transferWeight = 1,
  temperature = 10,
  balanced = true,
}: CommonDistillationOptions = {}): ObjectiveTerm {
  return {
    name: 'common-distillation',
    weight,
    sense: 'minimise',
    needs: ['trainable-common'],
    settings: { transferWeight, temperature, balanced },
    prepare({ tasks, kinds, commonFeatures: features, seed }) {
      const heads = tasks.map((task) =>
        kindOf(task, kinds).createHead(task, { features, seed, name: `common-${task.name}` }),
      );
      const balance = balanced ? balanceTasks(tasks.length) : undefined;
      const lossesOf = (
        { kind, targets, teacherLogits }: TaskPass,
        head: LayersModel,
        common: TrainingPass['common'],
      ): readonly [Scalar, Scalar] => {
        const outputs = head.apply(common, { training: true }) as TrainingPass['common'];
        const error = kind.loss({ outputs, targets });
        if (teacherLogits === undefined) return [error, error];
        const answers = { outputs, targets, teacherOutputs: teacherLogits };
        const taught = kind.transferLoss({ ...answers, temperature, outputTemperature: 1 });
        return [error, error.add(taught.mul(transferWeight))];
      };
      return {
        variables: heads.flatMap((head) => trainableVariables(head)),
        state: balance?.state ?? [],
        evaluate: ({ common, tasks: passed }) =>
          tidy(() => {
            const all = passed.map((task, index) => lossesOf(task, heads[index] as LayersModel, common));
            const losses = all.map(([, loss]) => loss);
            const sum = addN(losses) as Scalar;
            if (balance === undefined) return sum;
            const errors = all.map(([error]) => error);
            return trainedValue(sum, balance.weigh(losses, errors));
          }),
        dispose: () => {
          for (const head of heads) head.dispose();
          balance?.dispose();
        },
      };
    },
  };
}
