import { InvalidOptionError } from '@factornet/spec';
import { kindOf } from '@factornet/spec/internal';
import { addN, type Scalar, tidy } from '@tensorflow/tfjs';
import type { FactorPass, ObjectiveTerm, TermRequest } from './objective-term';

export interface SupervisionOptions {
  /** Default 1. */
  weight?: number;
  /** Share of the target spread evenly over all classes. Default 0. */
  labelSmoothing?: number;
}

/**
 * The loss of every factor by its kind, over examples with a label: of a classification the cross-entropy,
 * `Σ_j −E log softmax(head_j(z + t_j))[y_j]`.
 */
export function supervision({ weight = 1, labelSmoothing = 0 }: SupervisionOptions = {}): ObjectiveTerm {
  const targetsOf = ({ kind, targets }: FactorPass) =>
    labelSmoothing === 0 || kind.smooth === undefined ? targets : kind.smooth(targets, labelSmoothing);
  return {
    name: 'supervision',
    weight,
    sense: 'minimise',
    needs: [],
    settings: { labelSmoothing },
    prepare(request) {
      if (labelSmoothing !== 0) requireSmoothing(request);
      return {
        variables: [],
        evaluate: ({ factors }) =>
          tidy(
            () =>
              addN(
                factors.map((factor) =>
                  factor.kind.loss({ outputs: factor.logits, targets: targetsOf(factor) }),
                ),
              ) as Scalar,
          ),
        dispose: () => {},
      };
    },
  };
}

function requireSmoothing({ tasks, kinds }: TermRequest): void {
  const task = tasks.find((each) => kindOf(each, kinds).smooth === undefined);
  if (task === undefined) return;
  const received = `the task "${task.name}", "${task.type}"`;
  throw new InvalidOptionError({
    option: 'labelSmoothing',
    expected: 'used for kinds that smooth targets',
    received,
  });
}
