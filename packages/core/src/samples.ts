export { at, integerAt, numberAt } from './samples/at';
export { columnOf, columnsOf } from './samples/columns';
export { discreteEntropy, discreteMutualInformation } from './samples/discrete-information';
export { areFewLevels, copiedRows, countRepeats, firstEqualRows, isDiscrete } from './samples/equal-rows';
export {
  argmaxRows,
  checkFinite,
  checkMatrix,
  type FeatureMatrix,
  featureMatrix,
  selectRows,
} from './samples/feature-matrix';
export { type MeasuredColumn, measureColumns } from './samples/measure-columns';
export {
  countGroups,
  cutBetweenGroups,
  groupsOf,
  joinCopies,
  joinGroups,
  orderByGroup,
  type RowGroups,
} from './samples/row-groups';
export { inSixDigits } from './samples/six-digits';
export { learnPreparation, type Preparation, prepare } from './samples/standardise';
