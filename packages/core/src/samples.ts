export { discreteEntropy, discreteMutualInformation } from './samples/discrete-information';
export { copiedRows, countRepeats, firstEqualRows } from './samples/equal-rows';
export {
  argmaxRows,
  checkFinite,
  checkMatrix,
  type FeatureMatrix,
  featureMatrix,
  selectRows,
} from './samples/feature-matrix';
export {
  countGroups,
  cutBetweenGroups,
  groupsOf,
  joinGroups,
  orderByGroup,
  type RowGroups,
} from './samples/row-groups';
export { learnPreparation, type Preparation, prepare } from './samples/standardise';
