import { barberAgakov, type LabelEstimator } from '@factornet/mi';
import { classificationHead } from '@factornet/zoo';
import { addN, type Scalar, tidy } from '@tensorflow/tfjs';
import { trainableVariables } from '../networks/variables';
import type { ObjectiveTerm } from './objective-term';
import { requireDirection } from './require-direction';
import { trainedValue } from './trained-value';

export interface TaskInformationOptions {
  /** Default 1. */
  weight?: number;
  /** A lower bound on the information a code has about a label. Default `barberAgakov()`. */
  bound?: LabelEstimator;
  /** Takes an estimator that bounds neither side, too. Default false. */
  acceptNoBound?: boolean;
}

/**
 * Each task-specific network predicts its own task from t alone: `Σ_j I(t_j; y_j)`, by a lower bound with a
 * linear classifier that exists during training only.
 *
 * @throws InvalidOptionError for an upper bound, and for an estimator that bounds neither side unless `acceptNoBound`
 */
export function taskInformation({
  weight = 1,
  bound = barberAgakov(),
  acceptNoBound = false,
}: TaskInformationOptions = {}): ObjectiveTerm {
  requireDirection({ bound, sense: 'maximise', term: 'task-information', acceptNoBound });
  const same = bound.value === bound.surrogate;
  return {
    name: 'task-information',
    weight,
    sense: 'maximise',
    needs: [],
    settings: { bound: bound.name },
    prepare({ tasks, codeFeatures, labelEntropy, seed }) {
      const heads = tasks.map((task) =>
        classificationHead({
          features: codeFeatures[task.name] as number,
          classes: task.classes.length,
          seed,
          name: `alone-${task.name}`,
        }),
      );
      return {
        variables: heads.flatMap((head) => trainableVariables(head)),
        evaluate: ({ factors }) =>
          tidy(() => {
            const values = factors.map(({ task, sample, targets }, index) => {
              const logits = heads[index]?.apply(sample, { training: true }) as typeof sample;
              const prediction = { logits, targets, labelEntropy: labelEntropy[task.name] as number };
              const surrogate = bound.surrogate(prediction);
              return same ? surrogate : trainedValue(bound.value(prediction), surrogate);
            });
            return addN(values) as Scalar;
          }),
        dispose: () => {
          for (const head of heads) head.dispose();
        },
      };
    },
  };
}
