export { type CriticSuiteOptions, describeCritic } from './conformance/describe-critic';
export { describeCriticEstimator } from './conformance/describe-critic-estimator';
