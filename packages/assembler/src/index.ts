export { assemble } from './assembly/assemble';
export type { Assembly, Predictions, TaskPrediction } from './assembly/assembly';
export type { AddTask, RemoveTask, TaskClasses, TasksOf } from './assembly/task-types';
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
} from './sources';
