import { addN, type Scalar, tidy } from '@tensorflow/tfjs';
import type { ObjectiveTerm } from './objective-term';

export interface TransferOptions {
  /** Default 0.1. */
  weight?: number;
  /** T, where outputs are logits. Default 2. */
  temperature?: number;
  /** T of the factor's own outputs alone. Default: as `temperature`. */
  outputTemperature?: number;
}

/**
 * Knowledge transfer: each factor matches its teacher's output, as its kind compares them: of a classification softened,
 * `Σ_j T² · KL(softmax(teacher_j / T) ‖ softmax(logits_j / T))`, over examples with a label. With `outputTemperature: 1` and
 * T of 10 that is, up to the entropy of the targets, the cross-entropy of the logits as they are to very soft targets.
 *
 * Source: Hinton, Vinyals, Dean, arXiv 1503.02531.
 */
export function transfer({
  weight = 0.1,
  temperature = 2,
  outputTemperature = temperature,
}: TransferOptions = {}): ObjectiveTerm {
  return {
    name: 'transfer',
    weight,
    sense: 'minimise',
    needs: ['teacher'],
    settings: { temperature, outputTemperature },
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
              outputTemperature,
            });
          });
          return addN(values) as Scalar;
        }),
      dispose: () => {},
    }),
  };
}
