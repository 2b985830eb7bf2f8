export { FolderInUseError, type FolderInUseErrorFields } from './errors/folder-in-use-error';
export {
  ImageFolderLayoutError,
  type ImageFolderLayoutErrorFields,
} from './errors/image-folder-layout-error';
export { LabelOutOfRangeError, type LabelOutOfRangeErrorFields } from './errors/label-out-of-range-error';
export { MissingDependencyError, type MissingDependencyErrorFields } from './errors/missing-dependency-error';
export { MissingTapError, type MissingTapErrorFields } from './errors/missing-tap-error';
export { NonFiniteLossError, type NonFiniteLossErrorFields } from './errors/non-finite-loss-error';
export { StepTooLargeError, type StepTooLargeErrorFields } from './errors/step-too-large-error';
export {
  UndecodablePictureError,
  type UndecodablePictureErrorFields,
} from './errors/undecodable-picture-error';
export { UnreadableArchiveError, type UnreadableArchiveErrorFields } from './errors/unreadable-archive-error';
export { UnreadableFileError, type UnreadableFileErrorFields } from './errors/unreadable-file-error';
export { UnstorableModelError, type UnstorableModelErrorFields } from './errors/unstorable-model-error';
export { UnusableArraysError, type UnusableArraysErrorFields } from './errors/unusable-arrays-error';
export { WorkerFailedError, type WorkerFailedErrorFields } from './errors/worker-failed-error';
export { WriteFailedError, type WriteFailedErrorFields } from './errors/write-failed-error';
export { isClassification } from './kinds/classification/is-classification';
export { schemaFrom } from './kinds/schema-from';
export type { CommonBrickFile, FactorBrickFile } from './manifest/brick-file';
export { checkTaskName } from './manifest/check-task-name';
export {
  type CheckedTaskKind,
  checkClasses,
  checkTask,
  checkTasks,
  ofKinds,
  type TaskCheck,
} from './manifest/check-tasks';
export { parseBrickFile, parseTeacherManifest } from './manifest/parse-training-files';
export { isRegistryRange } from './manifest/primitives';
export { type TeacherManifest, teacherManifestSchema } from './manifest/teacher-manifest';
