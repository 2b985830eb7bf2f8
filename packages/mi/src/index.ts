export type { Baseline, BaselineNetwork, BaselineRequest } from './baseline';
export { barberAgakov } from './bounds/barber-agakov';
export { donskerVaradhan } from './bounds/donsker-varadhan';
export { type GaussianKLOptions, gaussianKL, LOG_VARIANCE_LIMITS } from './bounds/gaussian-kl';
export { type InfoNCEOptions, infoNCE } from './bounds/info-nce';
export { labelEntropy } from './bounds/label-entropy';
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
export type {
  CriticEstimator,
  Direction,
  Estimator,
  GaussianEstimator,
  GaussianMoments,
  LabelEstimator,
  LabelledSampleEstimator,
  LabelledSamples,
  LabelPrediction,
  PairedSamples,
  Requirement,
  RunningSurrogate,
  SampleEstimator,
  TrainableEstimator,
} from './estimator';
