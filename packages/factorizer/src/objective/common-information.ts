import { type Critic, type CriticEstimator, cosineCritic, infoNCE } from '@factornet/mi';
import { InvalidOptionError } from '@factornet/spec';
import { addN, type Scalar, tidy } from '@tensorflow/tfjs';
import type { ObjectiveTerm } from './objective-term';
import { requireDirection } from './require-direction';
import { readTap, requireTaps } from './require-taps';
import { runBound } from './running-bound';
import { averagePositions } from './tap-reading';

export interface CommonInformationOptions {
  /** α. Default 1. */
  weight?: number;
  /**
   * A lower bound on mutual information from a critic's scores, any of `@factornet/mi`. What it trains besides the
   * critic, such as the baseline of `tuba()`, and what it remembers, such as the moving average of `mine()`, is part of
   * the run and of its checkpoints. Default `infoNCE()`.
   */
  bound?: CriticEstimator;
  /** Default `cosineCritic()`. */
  critic?: Critic;
  /** Takes an estimator that bounds neither side, too, such as `smile()`. Default false. */
  acceptNoBound?: boolean;
}

/**
 * InfoMax: the common network keeps what the teacher sees, `(1/taps) · Σ_tap I(teacher_tap(x); z)`, by a
 * lower bound with one critic per tap: x of the scores is the tap, y is z. By the data-processing inequality
 * `I(teacher(x); z) ≤ I(x; z)`.
 *
 * Reports the bound's value in nats, whatever its surrogate.
 *
 * @throws InvalidOptionError for an upper bound, for one that bounds neither side unless `acceptNoBound`, and for one
 * whose scores have to be log-likelihoods
 * @example
 * const objective = [supervision(), commonInformation({ weight: 0.1, bound: mine(), critic: separableCritic() })];
 *
 * Source: Yang, Ye, Wang, ECCV 2022, eq. 4, with a proper bound in place of the authors' loss.
 */
export function commonInformation({
  weight = 1,
  bound = infoNCE(),
  critic = cosineCritic(),
  acceptNoBound = false,
}: CommonInformationOptions = {}): ObjectiveTerm {
  const term = 'common-information';
  requireDirection({ bound, sense: 'maximise', term, acceptNoBound });
  if (bound.requires !== 'scores' || bound.criticSurrogate !== undefined) {
    throw new InvalidOptionError(
      {
        option: 'bound',
        expected: 'one on scores of a critic that is trained by the bound itself',
        received: `${bound.name}, on ${bound.requires}`,
      },
      { hint: 'No density of z given the teacher’s features is known here.' },
    );
  }
  return {
    name: term,
    weight,
    sense: 'maximise',
    needs: ['trainable-common', 'teacher'],
    reads: averagePositions,
    settings: { bound: bound.name, critic: critic.name },
    cap: bound.cap,
    prepare({ tapShapes, commonFeatures, seed }) {
      requireTaps(tapShapes, term);
      const taps = Object.entries(tapShapes).map(([tap, [xFeatures = 0]]) => ({
        tap,
        network: critic.create({ xFeatures, yFeatures: commonFeatures, seed, name: `critic/${tap}` }),
        running: runBound(bound, { yFeatures: commonFeatures, seed, name: `critic/${tap}` }),
      }));
      return {
        variables: taps.flatMap(({ network, running }) => [...network.variables, ...running.variables]),
        state: taps.flatMap(({ running }) => running.state),
        evaluate: ({ teacherFeatures, common }) =>
          tidy(() => {
            const values = taps.map(({ tap, network, running }) => {
              const features = readTap(teacherFeatures, tap);
              return running.evaluate(network.scores(features, common), common);
            });
            return addN(values).div(values.length) as Scalar;
          }),
        dispose: () => {
          for (const { network, running } of taps) {
            network.dispose();
            running.dispose();
          }
        },
      };
    },
  };
}
