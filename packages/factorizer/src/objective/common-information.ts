import {
  type Critic,
  type CriticEstimator,
  cosineCritic,
  infoNCE,
  type RegressionEstimator,
} from '@factornet/mi';
import { InvalidOptionError } from '@factornet/spec';
import { regressCommon } from './common-regression';
import { scoreCommon } from './common-scores';
import type { ObjectiveTerm } from './objective-term';
import { requireDirection } from './require-direction';
import { averagePositions, type TapReading } from './tap-reading';

export interface CommonInformationOptions {
  /** α. Default 1. */
  weight?: number;
  /**
   * A lower bound on mutual information, any of `@factornet/mi`: from a critic's scores, or from a regression of the
   * teacher's features on z, such as `gaussianRegression()`. What it trains besides, such as the baseline of `tuba()`, and
   * what it remembers, such as the moving average of `mine()`, is part of the run and of its checkpoints. Default
   * `infoNCE()`.
   */
  bound?: CriticEstimator | RegressionEstimator;
  /** For bounds on scores. Default `cosineCritic()`. */
  critic?: Critic;
  /**
   * How taps are read: to vectors, for bounds on scores. Default `averagePositions`; `averageTo(2)` leaves a regression
   * some of the positions.
   */
  reads?: TapReading;
  /** Which taps. Default: all; of a regression the last two maps, and every vector. */
  taps?: readonly string[];
  /** Takes an estimator that bounds neither side, too, such as `smile()`. Default false. */
  acceptNoBound?: boolean;
}

/**
 * InfoMax: the common network keeps what the teacher sees, `(1/taps) · Σ_tap I(teacher_tap(x); z)`, by a lower bound. By
 * the data-processing inequality `I(teacher(x); z) ≤ I(x; z)`.
 *
 * - On scores there is one critic per tap: x of the scores is the tap, y is z. Nats.
 * - By regression each tap is told from z by a linear read-out that exists during training only. Dimensions are standardised
 *   by moments of the training pictures, and those that hardly change are left out. Nats **per dimension**, so that no
 *   tap counts for its length; of unit variance ½ (1 − MSE). The entropy of the teacher's features is not known: see
 *   `gaussianRegression` for what that makes of the number.
 *
 * Reports the bound's value, whatever its surrogate.
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
  reads = averagePositions,
  taps,
  acceptNoBound = false,
}: CommonInformationOptions = {}): ObjectiveTerm {
  const term = 'common-information';
  requireDirection({ bound, sense: 'maximise', term, acceptNoBound });
  const shared = { name: term, weight, sense: 'maximise', reads } as const;
  const chosen = taps && { taps: taps.join() };
  if (bound.requires === 'regression') {
    return {
      ...shared,
      needs: ['trainable-common', 'teacher', 'moments'],
      settings: { bound: bound.name, ...chosen },
      prepare: (request) => regressCommon({ term, bound, taps }, request),
    };
  }
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
    ...shared,
    needs: ['trainable-common', 'teacher'],
    settings: { bound: bound.name, critic: critic.name, ...chosen },
    cap: bound.cap,
    prepare: (request) => scoreCommon({ term, bound, critic, taps }, request),
  };
}
