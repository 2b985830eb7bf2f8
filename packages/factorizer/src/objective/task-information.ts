import { barberAgakov, type LabelEstimator } from '@factornet/mi';
import { classificationHead } from '@factornet/zoo';
import { addN, type Scalar, tidy } from '@tensorflow/tfjs';
import { trainableVariables } from '../networks/variables';
import type { ObjectiveTerm } from './objective-term';

export interface TaskInformationOptions {
  /** Default 1. */
  weight?: number;
  /** A lower bound on the information a code has about a label. Default `barberAgakov()`. */
  bound?: LabelEstimator;
}

/**
 * Each task-specific network predicts its own task from t alone: `Σ_j I(t_j; y_j)`, by a lower bound with a
 * linear classifier that exists during training only.
 */
export function taskInformation({
  weight = 1,
  bound = barberAgakov(),
}: TaskInformationOptions = {}): ObjectiveTerm {
  return {
    name: 'task-information',
    weight,
    sense: 'maximise',
    needs: [],
    prepare({ tasks, commonFeatures, labelEntropy, seed }) {
      const heads = tasks.map((task) =>
        classificationHead({
          features: commonFeatures,
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
              return bound.surrogate({ logits, targets, labelEntropy: labelEntropy[task.name] as number });
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
