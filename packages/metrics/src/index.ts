export { accuracy, chanceAccuracy, normalisedAccuracy } from './accuracy';
export { expectedCalibrationError } from './calibration';
export { argmaxRows, type FeatureMatrix } from './feature-matrix';
export type { ProbeSplit } from './leakage/halves';
export { type LeakageRequest, type LeakageResult, leakageMatrix } from './leakage/leakage-matrix';
export type { ProbedTask } from './leakage/probe-task';
export {
  type FittedProbe,
  type LinearProbe,
  type LinearProbeOptions,
  linearProbe,
} from './probe/linear-probe';
export {
  type LinearFunction,
  type RidgeRegressionRequest,
  ridgeRegression,
} from './regression/ridge-regression';
