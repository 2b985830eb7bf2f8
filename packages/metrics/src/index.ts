export { argmaxRows, type FeatureMatrix } from '@factornet/core/samples';
export { accuracy, chanceAccuracy, normalisedAccuracy } from './accuracy';
export { blockDCI } from './blocks/block-dci';
export { type BlockInformationOptions, blockMIG } from './blocks/block-mig';
export { blockModularity } from './blocks/block-modularity';
export { type BlockSapOptions, blockSAP } from './blocks/block-sap';
export type { BlockOptions, CodeBlocks } from './blocks/code-blocks';
export { expectedCalibrationError } from './calibration/expected-calibration-error';
export { fitTemperature } from './calibration/fit-temperature';
export {
  type Calibration,
  type MeasureCalibrationOptions,
  measureCalibration,
} from './calibration/measure-calibration';
export { type ReliabilityBin, reliabilityDiagram } from './calibration/reliability-diagram';
export { softmaxOf } from './calibration/softmax-of';
export { type BetaVAEOptions, betaVAE } from './disentanglement/beta-vae';
export { codeInformation } from './disentanglement/code-information';
export { dci } from './disentanglement/dci';
export { discretise } from './disentanglement/discretise';
export { explicitness } from './disentanglement/explicitness';
export { type FactorVAEOptions, factorVAE } from './disentanglement/factor-vae';
export { completenessOf, disentanglementOf } from './disentanglement/importance-scores';
export { informationMatrix } from './disentanglement/information-matrix';
export { type IrsOptions, irs } from './disentanglement/irs';
export { type DiscretisedOptions, mig, migOfMatrix, migOverCeiling } from './disentanglement/mig';
export { modularity, modularityOfMatrix } from './disentanglement/modularity';
export { type SapOptions, sap, sapOfMatrix } from './disentanglement/sap';
export { gaussianTotalCorrelation, totalCorrelationOf } from './disentanglement/total-correlation';
export {
  type WassersteinCorrelationOptions,
  wassersteinCorrelation,
  wassersteinCorrelationOf,
} from './disentanglement/wasserstein-correlation';
export { disentanglementMetrics } from './disentanglement-metrics';
export { type ClassifierInformationOptions, classifierInformation } from './leakage/classifier-information';
export type { ProbeSplit } from './leakage/halves';
export {
  type LabelInformation,
  type LabelInformationRequest,
  type LabelledExampleEstimator,
  labelInformationOf,
} from './leakage/label-information';
export {
  type LeakageInformationRequest,
  type LeakageInformationResult,
  leakageInformation,
} from './leakage/leakage-information';
export { leakageMatrix } from './leakage/leakage-matrix';
export type { LeakageRequest, LeakageResult, LeakageSummary } from './leakage/leakage-request';
export type { Measured } from './leakage/measured';
export {
  type ProbeAccuracy,
  type ProbeAccuracyRequest,
  probeAccuracy,
} from './leakage/probe-accuracy';
export type { ProbedTask } from './leakage/probe-task';
export type {
  ExampleScores,
  ProbedLabels,
  ReadingRequest,
  TaskInformation,
  TaskProbe,
  TaskReading,
} from './leakage/task-probe';
export { type MeasureOptions, measureRepresentation } from './measure-representation';
export type { Metric, MetricProgress, MetricResult, MetricRun } from './metric';
export { type KernelProbeOptions, kernelProbe } from './probe/kernel-probe';
export { type LinearProbeOptions, linearProbe } from './probe/linear-probe';
export type { FittedProbe, FittedProbes, Probe, ProbeTarget } from './probe/probe';
export {
  type LinearFunction,
  type RidgeRegressionRequest,
  ridgeRegression,
} from './regression/ridge-regression';
export type { FixedRepresentation, Representation, RepresentationSampler } from './representation';
