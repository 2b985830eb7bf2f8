import { useBackend } from '@factornet/core';
import { beforeAll, describe } from 'vitest';
import { describeGaussianEstimator } from '../conformance/describe-gaussian-estimator';
import { describeLabelEstimator } from '../conformance/describe-label-estimator';
import { describeRegressionEstimator } from '../conformance/describe-regression-estimator';
import { barberAgakov } from './barber-agakov';
import { gaussianKL } from './gaussian-kl';
import { gaussianRegression } from './gaussian-regression';

describe.each(['cpu', 'wasm'])('on %s', (backend) => {
  beforeAll(() => useBackend(backend));
  describeGaussianEstimator('gaussianKL', gaussianKL());
  describeLabelEstimator('barberAgakov', barberAgakov());
  describeRegressionEstimator('gaussianRegression', gaussianRegression());
  describeRegressionEstimator(
    'gaussianRegression of learned variance',
    gaussianRegression({ variance: 'learned' }),
  );
});
