export type { Critic, CriticNetwork, CriticRequest } from './critic';
export type {
  CriticEstimator,
  Direction,
  Estimator,
  GaussianEstimator,
  GaussianMoments,
  LabelEstimator,
  LabelPrediction,
} from './estimator';
