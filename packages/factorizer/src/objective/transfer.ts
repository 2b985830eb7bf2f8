import { addN, logSoftmax, type Scalar, softmax, tidy } from '@tensorflow/tfjs';
import type { ObjectiveTerm } from './objective-term';

export interface TransferOptions {
  /** Default 0.1. */
  weight?: number;
  /** T. Default 2. */
  temperature?: number;
}

/**
 * Knowledge transfer: each factor matches its teacher's softened output,
 * `Σ_j T² · KL(softmax(teacher_j / T) ‖ softmax(logits_j / T))`, over examples with a label.
 *
 * Source: Hinton, Vinyals, Dean, arXiv 1503.02531.
 */
export function transfer({ weight = 0.1, temperature = 2 }: TransferOptions = {}): ObjectiveTerm {
  return {
    name: 'transfer',
    weight,
    sense: 'minimise',
    needs: ['teacher'],
    prepare: () => ({
      variables: [],
      evaluate: ({ factors }) =>
        tidy(() => {
          const values = factors.map(({ task, logits, teacherLogits, targets }) => {
            if (teacherLogits === undefined) throw new Error(`no teacher logits for the task "${task.name}"`);
            const expected = softmax(teacherLogits.div(temperature));
            const difference = logSoftmax(teacherLogits.div(temperature)).sub(
              logSoftmax(logits.div(temperature)),
            );
            const mask = targets.sum(1);
            const divergence = expected.mul(difference).sum(1).mul(mask).sum().div(mask.sum().maximum(1e-6));
            return divergence.mul(temperature ** 2) as Scalar;
          });
          return addN(values) as Scalar;
        }),
      dispose: () => {},
    }),
  };
}
