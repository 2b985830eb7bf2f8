import {
  type CriticEstimator,
  club,
  donskerVaradhan,
  type EstimateOptions,
  gaussianCopula,
  histogram,
  infoNCE,
  interpolated,
  jensenShannon,
  ksg,
  learnedBaseline,
  leaveOneOut,
  mine,
  nwj,
  type SampleEstimator,
  smile,
  tuba,
} from '@factornet/mi';

export interface TaskEstimator {
  readonly estimator: CriticEstimator | SampleEstimator;
  readonly transform?: NonNullable<EstimateOptions['transform']>;
  /** Most columns of x and y together: a histogram over more has more cells than samples. */
  readonly mostColumns?: number;
  /** Also on tasks of 25 and 50 dimensions. */
  readonly manyColumns: boolean;
}

/** As in the benchmark that the tasks are from: the mean over k = 5 and 10, Euclidean, never negative. */
const publishedKsg = ksg({ k: [5, 10], norm: 'euclidean', clamp: true });

/** What the table compares, in its order. */
export const taskEstimators: Readonly<Record<string, TaskEstimator>> = {
  KSG: { estimator: publishedKsg, transform: 'standardise', manyColumns: true },
  'KSG, normal scores': { estimator: ksg({ k: [3, 5] }), transform: 'rank-normal', manyColumns: true },
  'Gaussian copula': { estimator: gaussianCopula(), manyColumns: true },
  histogram: { estimator: histogram({ bins: 10 }), mostColumns: 3, manyColumns: false },
  InfoNCE: { estimator: infoNCE(), manyColumns: true },
  NWJ: { estimator: nwj(), manyColumns: false },
  TUBA: { estimator: tuba({ baseline: learnedBaseline({ hidden: [64, 64] }) }), manyColumns: false },
  DV: { estimator: donskerVaradhan(), manyColumns: false },
  MINE: { estimator: mine(), manyColumns: false },
  'interpolated α=0.01': { estimator: interpolated({ alpha: 0.01 }), manyColumns: false },
  'JSD → NWJ': { estimator: jensenShannon(), manyColumns: false },
  'JSD → DV': { estimator: jensenShannon({ reading: 'donskerVaradhan' }), manyColumns: true },
  'SMILE τ=5': { estimator: smile({ tau: 5 }), manyColumns: true },
  'leave-one-out, learned q': { estimator: leaveOneOut(), manyColumns: false },
  'CLUB, learned q': { estimator: club(), manyColumns: false },
};
