export { argmaxRows, type FeatureMatrix } from '@factornet/core/samples';
export { accuracy, chanceAccuracy, normalisedAccuracy } from './accuracy';
export { expectedCalibrationError } from './calibration';
export type { ProbeSplit } from './leakage/halves';
export { type LeakageRequest, type LeakageResult, leakageMatrix } from './leakage/leakage-matrix';
export type { ProbedTask } from './leakage/probe-task';
export type { Metric, MetricProgress, MetricResult, MetricRun } from './metric';
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
export type { FixedRepresentation, Representation, RepresentationSampler } from './representation';
