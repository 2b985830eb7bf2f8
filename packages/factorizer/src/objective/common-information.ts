import { type Critic, type CriticEstimator, cosineCritic, infoNCE } from '@factornet/mi';
import { InvalidOptionError } from '@factornet/spec';
import { addN, type Scalar, tidy } from '@tensorflow/tfjs';
import type { ObjectiveTerm } from './objective-term';

export interface CommonInformationOptions {
  /** α. Default 1. */
  weight?: number;
  /** A lower bound on mutual information. Default `infoNCE()`. */
  bound?: CriticEstimator;
  /** Default `cosineCritic()`. */
  critic?: Critic;
}

/**
 * InfoMax: the common network keeps what the teacher sees, `(1/taps) · Σ_tap I(teacher_tap(x); z)`, by a
 * lower bound with one critic per tap. By the data-processing inequality `I(teacher(x); z) ≤ I(x; z)`.
 *
 * Source: Yang, Ye, Wang, ECCV 2022, eq. 4, with a proper bound in place of the authors' loss.
 */
export function commonInformation({
  weight = 1,
  bound = infoNCE(),
  critic = cosineCritic(),
}: CommonInformationOptions = {}): ObjectiveTerm {
  return {
    name: 'common-information',
    weight,
    sense: 'maximise',
    needs: ['trainable-common', 'teacher'],
    prepare({ tapFeatures, commonFeatures, seed }) {
      if (Object.keys(tapFeatures).length === 0) {
        throw new InvalidOptionError(
          { option: 'taps', expected: 'at least one, for the term "common-information"', received: 'none' },
          { hint: 'Give the teacher taps, or leave this term out of the objective.' },
        );
      }
      const critics = Object.entries(tapFeatures).map(([tap, xFeatures]) => ({
        tap,
        network: critic.create({ xFeatures, yFeatures: commonFeatures, seed, name: `critic/${tap}` }),
      }));
      return {
        variables: critics.flatMap(({ network }) => network.variables),
        evaluate: ({ teacherFeatures, common }) =>
          tidy(() => {
            const values = critics.map(({ tap, network }) => {
              const features = teacherFeatures[tap];
              if (features === undefined) throw new Error(`no teacher features for the tap "${tap}"`);
              return bound.surrogate(network.scores(features, common));
            });
            return addN(values).div(values.length) as Scalar;
          }),
        dispose: () => {
          for (const { network } of critics) network.dispose();
        },
      };
    },
  };
}
