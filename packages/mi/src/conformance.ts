export { type CriticSuiteOptions, describeCritic } from './conformance/describe-critic';
export { describeCriticEstimator } from './conformance/describe-critic-estimator';
export { describeGaussianEstimator } from './conformance/describe-gaussian-estimator';
export { describeLabelEstimator } from './conformance/describe-label-estimator';
