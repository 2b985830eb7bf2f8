export { additiveUniformTask } from './benchmark/additive-uniform-task';
export { benchmarkTasks } from './benchmark/benchmark-tasks';
export { type CorrelatedGaussiansOptions, correlatedGaussians } from './benchmark/correlated-gaussians';
export { equicorrelated, pairwiseCorrelated } from './benchmark/covariance';
export { type GaussianTaskOptions, gaussianTask } from './benchmark/gaussian-task';
export {
  type LabelledTask,
  overlappingUniformsTask,
  zeroInflatedPoissonTask,
} from './benchmark/labelled-tasks';
export {
  type GaussianComponent,
  gaussianMixtureTask,
  type MixtureTask,
  type MixtureTaskOptions,
} from './benchmark/mixture-task';
export { mixtureTasks } from './benchmark/mixture-tasks';
export {
  type MonteCarloInformation,
  type MonteCarloOptions,
  monteCarloInformation,
} from './benchmark/monte-carlo-information';
export { type StudentTaskOptions, studentTask } from './benchmark/student-task';
export type { BenchmarkTask, PairSource } from './benchmark/task';
export {
  elementwise,
  type Transform,
  type TransformedOptions,
  transformed,
} from './benchmark/transform';
export {
  asinh,
  halfCube,
  type MixtureComponent,
  normalCdfTransform,
  normalMixtureQuantile,
  type SpiralOptions,
  spiral,
  swissRoll,
  wigglyX,
  wigglyY,
} from './benchmark/transforms';
