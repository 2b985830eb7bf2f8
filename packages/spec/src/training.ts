export { LabelOutOfRangeError, type LabelOutOfRangeErrorFields } from './errors/label-out-of-range-error';
export { MissingTapError, type MissingTapErrorFields } from './errors/missing-tap-error';
export { NonFiniteLossError, type NonFiniteLossErrorFields } from './errors/non-finite-loss-error';
export { WorkerFailedError, type WorkerFailedErrorFields } from './errors/worker-failed-error';
export type { CommonBrickFile, FactorBrickFile } from './manifest/brick-file';
export { parseBrickFile, parseTeacherManifest } from './manifest/parse-training-files';
export { isRegistryRange } from './manifest/primitives';
export { type TeacherManifest, teacherManifestSchema } from './manifest/teacher-manifest';
