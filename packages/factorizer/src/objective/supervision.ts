import { InvalidOptionError } from '@factornet/spec';
import { kindOf } from '@factornet/spec/internal';
import { addN, type Scalar, tidy } from '@tensorflow/tfjs';
import type { FactorPass, ObjectiveTerm, TermRequest } from './objective-term';
import { balanceTasks } from './task-balance';
import { trainedValue } from './trained-value';

export interface SupervisionOptions {
  /** Default 1. */
  weight?: number;
  /** Share of the target spread evenly over all classes. Default 0. */
  labelSmoothing?: number;
  /** Whether tasks count the more, the more they still get wrong: see `balanceTasks`. Default false. */
  balanced?: boolean;
}

/**
 * The loss of every factor by its kind, over examples with a label: of a classification the cross-entropy,
 * `Σ_j −E log softmax(head_j(z + t_j))[y_j]`.
 *
 * Where factors share a common network that is trained with them, `balanced` weighs each loss by its moving average. What
 * is reported is the plain sum.
 */
export function supervision({
  weight = 1,
  labelSmoothing = 0,
  balanced = false,
}: SupervisionOptions = {}): ObjectiveTerm {
  const targetsOf = ({ kind, targets }: FactorPass) =>
    labelSmoothing === 0 || kind.smooth === undefined ? targets : kind.smooth(targets, labelSmoothing);
  return {
    name: 'supervision',
    weight,
    sense: 'minimise',
    needs: [],
    settings: { labelSmoothing, balanced },
    prepare(request) {
      if (labelSmoothing !== 0) requireSmoothing(request);
      const balance = balanced ? balanceTasks(request.tasks.length) : undefined;
      return {
        variables: [],
        state: balance?.state ?? [],
        evaluate: ({ factors }) =>
          tidy(() => {
            const losses = factors.map((factor) =>
              factor.kind.loss({ outputs: factor.logits, targets: targetsOf(factor) }),
            );
            const sum = addN(losses) as Scalar;
            return balance === undefined ? sum : trainedValue(sum, balance.weigh(losses, losses));
          }),
        dispose: () => balance?.dispose(),
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
