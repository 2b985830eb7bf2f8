export { describeBaseline } from './conformance/describe-baseline';
export { type CriticSuiteOptions, describeCritic } from './conformance/describe-critic';
export {
  type CriticEstimatorSuiteOptions,
  describeCriticEstimator,
} from './conformance/describe-critic-estimator';
export { describeGaussianEstimator } from './conformance/describe-gaussian-estimator';
export { describeLabelEstimator } from './conformance/describe-label-estimator';
