import {
  type CriticEstimator,
  donskerVaradhan,
  infoNCE,
  interpolated,
  jensenShannon,
  learnedBaseline,
  mine,
  nwj,
  smile,
  tuba,
} from '@factornet/mi';

export interface Training {
  readonly name: string;
  /** Whose surrogate trains the critic. */
  readonly estimator: CriticEstimator;
  /** What is read from the critic that comes of it. */
  readonly readings: Readonly<Record<string, CriticEstimator>>;
  /** Also with the joint critic, whose steps cost several times as much. */
  readonly joint: boolean;
}

function plain(name: string, estimator: CriticEstimator, joint: boolean): Training {
  return { name, estimator, readings: { [name]: estimator }, joint };
}

/** Everything that trains a critic; the Jensen–Shannon one is read in several ways. */
export const trainings: readonly Training[] = [
  plain('InfoNCE', infoNCE(), true),
  plain('NWJ', nwj(), true),
  plain('DV', donskerVaradhan(), true),
  plain('MINE', mine(), true),
  plain('TUBA', tuba({ baseline: learnedBaseline({ hidden: [256, 256] }) }), false),
  plain('interpolated α=0.01', interpolated({ alpha: 0.01 }), true),
  plain('interpolated α=0.5', interpolated({ alpha: 0.5 }), false),
  {
    name: 'JSD',
    estimator: jensenShannon(),
    readings: {
      'JSD → NWJ': jensenShannon(),
      'JSD → DV': smile({ tau: Number.POSITIVE_INFINITY }),
      'SMILE τ=1': smile({ tau: 1 }),
      'SMILE τ=5': smile({ tau: 5 }),
    },
    joint: true,
  },
];

/** Readings in the order of tables and plots. */
export const readingNames = trainings.flatMap(({ readings }) => Object.keys(readings));
