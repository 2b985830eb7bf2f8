export { assemble } from './assembly/assemble';
export type { Assembly, JointPrediction, Predictions, TaskPrediction } from './assembly/assembly';
export type { CompositionCheck } from './assembly/composition-check';
export type { AssembleOptions } from './assembly/load-composition';
export type { LoadedFactor, LoadedTrunk } from './assembly/loaded';
export type { NetworkCheck } from './assembly/network-check';
export type {
  AddTask,
  JointClass,
  RemoveTask,
  SpaceNames,
  TaskClasses,
  TasksOf,
  Told,
} from './assembly/task-types';
export { type JointFactor, type JointPlan, planJoint } from './joint/plan-joint';
export { readSource } from './packages/read-source';
export {
  type AssemblyConflict,
  conflictError,
  type DuplicateTaskConflict,
  type IncompatibleCommonConflict,
  type InputConflict,
  type MultipleTrunksConflict,
  type NewerSpecConflict,
} from './plan/conflict';
export {
  type AssemblyPlan,
  type Cost,
  type PlannedFactor,
  type PlannedNetwork,
  type PlannedTrunk,
  type PlanRequest,
  planAssembly,
} from './plan/plan-assembly';
export {
  type CommonRecord,
  type CommonSource,
  type FactorRecord,
  type FactorSource,
  isCommonPackage,
  isFactorPackage,
  type SourceOptions,
} from './sources';
