export { describeBaseline } from './conformance/describe-baseline';
export { type CriticSuiteOptions, describeCritic } from './conformance/describe-critic';
export {
  type CriticEstimatorSuiteOptions,
  describeCriticEstimator,
} from './conformance/describe-critic-estimator';
export { describeGaussianEstimator } from './conformance/describe-gaussian-estimator';
export { describeLabelEstimator } from './conformance/describe-label-estimator';
export { describeLabelledSampleEstimator } from './conformance/describe-labelled-sample-estimator';
export { describeRegressionEstimator } from './conformance/describe-regression-estimator';
export {
  describeSampleEstimator,
  type SampleSuiteOptions,
} from './conformance/describe-sample-estimator';
