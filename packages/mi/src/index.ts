export type { Baseline, BaselineNetwork, BaselineRequest } from './baseline';
export { type LearnedBaselineOptions, learnedBaseline } from './baselines/learned-baseline';
export { barberAgakov } from './bounds/barber-agakov';
export { type ClubOptions, club } from './bounds/club';
export { type ClubSampleOptions, clubSample } from './bounds/club-sample';
export { donskerVaradhan } from './bounds/donsker-varadhan';
export { type GaussianKLOptions, gaussianKL, LOG_VARIANCE_LIMITS } from './bounds/gaussian-kl';
export { type GaussianRegressionOptions, gaussianRegression } from './bounds/gaussian-regression';
export { type InfoNCEOptions, infoNCE } from './bounds/info-nce';
export { type InterpolatedOptions, interpolated } from './bounds/interpolated';
export {
  type JensenShannonOptions,
  type JensenShannonReading,
  jensenShannon,
} from './bounds/jensen-shannon';
export { jensenShannonObjective } from './bounds/jensen-shannon-objective';
export { labelEntropy } from './bounds/label-entropy';
export { leaveOneOut } from './bounds/leave-one-out';
export { type MineOptions, mine } from './bounds/mine';
export { nwj } from './bounds/nwj';
export { type SmileOptions, smile } from './bounds/smile';
export { type TubaOptions, tuba } from './bounds/tuba';
export { type VClubOptions, vClub } from './bounds/v-club';
export type { Critic, CriticNetwork, CriticRequest } from './critic';
export { bilinearCritic } from './critics/bilinear-critic';
export { type CosineCriticOptions, cosineCritic } from './critics/cosine-critic';
export {
  type GaussianConditionalCriticOptions,
  gaussianConditionalCritic,
} from './critics/gaussian-conditional-critic';
export { type JointCriticOptions, jointCritic } from './critics/joint-critic';
export { type SeparableCriticOptions, separableCritic } from './critics/separable-critic';
export { trueConditionalCritic } from './critics/true-conditional-critic';
export {
  type DiagnoseOptions,
  type Diagnosis,
  diagnose,
  type Embeddings,
} from './estimate/diagnose';
export { estimate } from './estimate/estimate';
export type { EstimateOptions, EstimateProgress, Samples } from './estimate/estimate-options';
export type {
  CurvePoint,
  Estimate,
  EstimateWarning,
  EstimateWarningCode,
} from './estimate/estimate-result';
export type { Transform } from './estimate/transform';
export type {
  CriticEstimator,
  Direction,
  Estimator,
  FeaturePrediction,
  GaussianEstimator,
  GaussianMoments,
  LabelEstimator,
  LabelledSampleEstimator,
  LabelledSamples,
  LabelPrediction,
  PairedSamples,
  RegressionEstimator,
  Requirement,
  RunningSurrogate,
  SampleEstimator,
  TrainableEstimator,
} from './estimator';
export { referenceInfoMax, referenceInfoMaxOfScores } from './reference/reference-info-max';
export { referenceInfoMin, referenceMoments } from './reference/reference-info-min';
export { type DiscretePlugInOptions, discretePlugIn } from './sample-estimators/discrete-plug-in';
export { type GaussianCopulaOptions, gaussianCopula } from './sample-estimators/gaussian-copula';
export { type HistogramOptions, histogram } from './sample-estimators/histogram';
export {
  type KsgEstimator,
  type KsgMeasurement,
  type KsgOptions,
  ksg,
} from './sample-estimators/ksg';
export { type RossOptions, ross } from './sample-estimators/ross';
