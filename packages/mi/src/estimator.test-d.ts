import type { Tensor2D } from '@tensorflow/tfjs';
import { expectTypeOf } from 'vitest';
import { barberAgakov } from './bounds/barber-agakov';
import { gaussianKL } from './bounds/gaussian-kl';
import { infoNCE } from './bounds/info-nce';
import type { CriticEstimator, GaussianEstimator, LabelEstimator } from './estimator';

declare const scores: Tensor2D;

expectTypeOf(infoNCE()).toEqualTypeOf<CriticEstimator>();
expectTypeOf(gaussianKL()).toEqualTypeOf<GaussianEstimator>();
expectTypeOf(barberAgakov()).toEqualTypeOf<LabelEstimator>();
infoNCE().value(scores);

// @ts-expect-error a bound on scores cannot stand where moments are given
export const wrongBound: GaussianEstimator = infoNCE();
// @ts-expect-error moments are needed, not scores
gaussianKL().value(scores);
// @ts-expect-error there is no third variable to normalise over
infoNCE({ axis: 'z' });
