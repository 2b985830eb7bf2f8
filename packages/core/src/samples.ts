export { discreteEntropy, discreteMutualInformation } from './samples/discrete-information';
export {
  argmaxRows,
  checkFinite,
  checkMatrix,
  type FeatureMatrix,
  featureMatrix,
  selectRows,
} from './samples/feature-matrix';
export { learnPreparation, type Preparation, prepare } from './samples/standardise';
