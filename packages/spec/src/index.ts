export {
  BackendUnavailableError,
  type BackendUnavailableErrorFields,
} from './errors/backend-unavailable-error';
export { CancelledError, type CancelledErrorFields } from './errors/cancelled-error';
export { DisposedError, type DisposedErrorFields } from './errors/disposed-error';
export { DuplicateTaskError, type DuplicateTaskErrorFields } from './errors/duplicate-task-error';
export { FactornetError, type FactornetErrorOptions } from './errors/factornet-error';
export { HeapFullError, type HeapFullErrorFields } from './errors/heap-full-error';
export {
  IncompatibleCommonError,
  type IncompatibleCommonErrorFields,
} from './errors/incompatible-common-error';
export { IntegrityError, type IntegrityErrorFields } from './errors/integrity-error';
export { InvalidManifestError, type InvalidManifestErrorFields } from './errors/invalid-manifest-error';
export { InvalidOptionError, type InvalidOptionErrorFields } from './errors/invalid-option-error';
export { MissingFileError, type MissingFileErrorFields } from './errors/missing-file-error';
export { MultipleTrunksError, type MultipleTrunksErrorFields } from './errors/multiple-trunks-error';
export { NewerSpecError, type NewerSpecErrorFields } from './errors/newer-spec-error';
export { NonFiniteOutputError, type NonFiniteOutputErrorFields } from './errors/non-finite-output-error';
export { NotComparableError, type NotComparableErrorFields } from './errors/not-comparable-error';
export { ProbeMismatchError, type ProbeMismatchErrorFields } from './errors/probe-mismatch-error';
export { RefusedPackageError, type RefusedPackageErrorFields } from './errors/refused-package-error';
export { ShapeMismatchError, type ShapeMismatchErrorFields } from './errors/shape-mismatch-error';
export { UnknownTaskError, type UnknownTaskErrorFields } from './errors/unknown-task-error';
export { type ClassificationPrediction, classification } from './kinds/classification/classification';
export type { ClassificationTask } from './kinds/classification/classification-task';
export type { LabelSpace } from './kinds/classification/label-space';
export type { AnswerColumn, TaskKind, TellOptions, ToldAnswer } from './kinds/task-kind';
export { type KindOptions, taskKinds } from './kinds/task-kinds';
export type { PredictionOf, TaskPredictions } from './kinds/task-predictions';
export { LIMITS } from './limits';
export type { CodeDescription } from './manifest/code';
export {
  type CommonDescription,
  type CommonManifest,
  commonManifestSchema,
} from './manifest/common-manifest';
export type { Compatibility } from './manifest/compatibility';
export {
  type FactorDescription,
  type FactorManifest,
  type FactorReport,
  factorManifestSchema,
  type StatedLeakage,
} from './manifest/factor-manifest';
export type { Immutable } from './manifest/immutable';
export type { InputDescription } from './manifest/input';
export type { Narrowing, WeightDtype } from './manifest/narrowing';
export {
  type Manifest,
  parseCommonManifest,
  parseFactorManifest,
  parseManifest,
} from './manifest/parse-manifest';
export type { FileDescription, ModelFiles } from './manifest/primitives';
export type { CommonProbes, FactorProbes, ProbeTolerance } from './manifest/probes';
export type { Provenance } from './manifest/provenance';
export { type CommonMap, type FactorReading, PICTURE } from './manifest/reading';
export { MISSING_LABEL, type TaskDescription } from './manifest/task';
export type { BrickPackage, CommonPackage, FactorPackage } from './package/brick-package';
export type { PackageRule } from './package/package-rule';
export { SPEC_VERSION } from './spec-version';
export { satisfiesRange } from './versions/satisfies-range';
