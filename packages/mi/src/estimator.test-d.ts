import type { Tensor2D } from '@tensorflow/tfjs';
import { expectTypeOf } from 'vitest';
import { barberAgakov } from './bounds/barber-agakov';
import { gaussianKL } from './bounds/gaussian-kl';
import { infoNCE } from './bounds/info-nce';
import { interpolated } from './bounds/interpolated';
import { jensenShannon } from './bounds/jensen-shannon';
import { mine } from './bounds/mine';
import type { CriticEstimator, GaussianEstimator, LabelEstimator, RunningSurrogate } from './estimator';

declare const scores: Tensor2D;

expectTypeOf(infoNCE()).toEqualTypeOf<CriticEstimator>();
expectTypeOf(gaussianKL()).toEqualTypeOf<GaussianEstimator>();
expectTypeOf(barberAgakov()).toEqualTypeOf<LabelEstimator>();
infoNCE().value(scores);
expectTypeOf(mine().start?.()).toEqualTypeOf<RunningSurrogate | undefined>();

// @ts-expect-error a bound on scores cannot stand where moments are given
export const wrongBound: GaussianEstimator = infoNCE();
// @ts-expect-error moments are needed, not scores
gaussianKL().value(scores);
// @ts-expect-error there is no third variable to normalise over
infoNCE({ axis: 'z' });
// @ts-expect-error where between InfoNCE and TUBA it lies has to be said
interpolated();
// @ts-expect-error not a reading of the Jensen–Shannon critic
jensenShannon({ reading: 'dv' });
