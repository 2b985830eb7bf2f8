import type { LabelEstimator } from '@factornet/mi';
import { kindOf } from '@factornet/spec/internal';
import { addN, type Scalar, type Tensor2D, tidy } from '@tensorflow/tfjs';
import type { TrainableTaskKind } from '../kinds/trainable-task-kind';
import { trainableVariables } from '../networks/variables';
import type { ObjectiveTerm } from './objective-term';
import { requireDirection } from './require-direction';
import { trainedValue } from './trained-value';

export interface TaskInformationOptions {
  /** Default 1. */
  weight?: number;
  /** A lower bound on the information a code has about a class. Default: that of the task's kind, `barberAgakov()`. */
  bound?: LabelEstimator;
  /** Of the teacher's softened answers, for what the code says by itself; 0 without a teacher. Default 0. */
  transferWeight?: number;
  /** T that the teacher's logits are divided by. Default 10. */
  temperature?: number;
  /** Takes an estimator that bounds neither side, too. Default false. */
  acceptNoBound?: boolean;
}

/**
 * Each task-specific network predicts its own task from t alone: `Σ_j I(t_j; y_j)`, by a lower bound with a
 * head of its kind that exists during training only: of a classification, a linear classifier. A code that answers by
 * itself, as a categorical one does, needs none.
 *
 * With a `transferWeight` λ that answer learns from the teacher, too: what trains is `I − λ · KL(softmax(teacher_j / T) ‖
 * softmax(answer_j))`, as the kind compares them. What is reported stays the information, in nats.
 *
 * @throws InvalidOptionError for an upper bound, and for an estimator that bounds neither side unless `acceptNoBound`
 */
export function taskInformation({
  weight = 1,
  bound,
  transferWeight = 0,
  temperature = 10,
  acceptNoBound = false,
}: TaskInformationOptions = {}): ObjectiveTerm {
  const require = (chosen: Pick<LabelEstimator, 'name' | 'direction'>) =>
    requireDirection({ bound: chosen, sense: 'maximise', term: 'task-information', acceptNoBound });
  if (bound !== undefined) require(bound);
  /** What is given is for logits; other kinds keep their own. */
  const boundOf = (kind: TrainableTaskKind) => (bound?.requires === kind.bound.requires ? bound : kind.bound);
  return {
    name: 'task-information',
    weight,
    sense: 'maximise',
    needs: [],
    settings: { bound: bound?.name ?? 'of the kind', transferWeight, temperature },
    prepare({ tasks, kinds, codeFeatures, labelEntropy, codes, seed }) {
      const heads = tasks.map((task) => {
        const kind = kindOf(task, kinds);
        require(boundOf(kind));
        if (codes[task.name]?.answers) return undefined;
        return kind.createHead(task, {
          features: codeFeatures[task.name] as number,
          seed,
          name: `alone-${task.name}`,
        });
      });
      return {
        variables: heads.flatMap((head) => (head ? trainableVariables(head) : [])),
        evaluate: ({ factors }) =>
          tidy(() => {
            const values = factors.map(({ task, kind, sample, answer, targets, teacherLogits }, index) => {
              const chosen = boundOf(kind);
              const logits = answer ?? (heads[index]?.apply(sample, { training: true }) as Tensor2D);
              const entropy = labelEntropy[task.name] as number;
              const prediction = { logits, targets: targets as Tensor2D, labelEntropy: entropy };
              const surrogate = chosen.surrogate(prediction);
              if (transferWeight > 0 && teacherLogits !== undefined) {
                const answers = { outputs: logits, targets, teacherOutputs: teacherLogits };
                const distance = kind.transferLoss({ ...answers, temperature, outputTemperature: 1 });
                const trained = surrogate.sub(distance.mul(transferWeight)) as Scalar;
                return trainedValue(chosen.value(prediction), trained);
              }
              const same = chosen.value === chosen.surrogate;
              return same ? surrogate : trainedValue(chosen.value(prediction), surrogate);
            });
            return addN(values) as Scalar;
          }),
        dispose: () => {
          for (const head of heads) head?.dispose();
        },
      };
    },
  };
}
