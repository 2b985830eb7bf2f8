import { addN, type Scalar, tidy } from '@tensorflow/tfjs';
import type { ObjectiveTerm } from './objective-term';

export interface TransferOptions {
  /** Default 0.1. */
  weight?: number;
  /** T, where outputs are logits. Default 2. */
  temperature?: number;
}

/**
 * Knowledge transfer: each factor matches its teacher's output, as its kind compares them: of a classification softened,
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
    settings: { temperature },
    prepare: () => ({
      variables: [],
      evaluate: ({ factors }) =>
        tidy(() => {
          const values = factors.map(({ task, kind, logits, teacherLogits, targets }) => {
            if (teacherLogits === undefined) throw new Error(`no teacher logits for the task "${task.name}"`);
            return kind.transferLoss({
              outputs: logits,
              teacherOutputs: teacherLogits,
              targets,
              temperature,
            });
          });
          return addN(values) as Scalar;
        }),
      dispose: () => {},
    }),
  };
}
