export {
  commonFolder,
  factorFolder,
  findNetwork,
  listFactors,
  readFactorization,
  removeFactorization,
  writeFactorization,
} from './folder/factorization-folder';
export { type FactorizeIntoOptions, factorizeInto } from './folder/factorize-into';
export { type RunPaths, runPaths } from './folder/run-paths';
export { trainFactorInto } from './folder/train-factor-into';
export { type TrainTeacherIntoOptions, trainTeacherInto } from './folder/train-teacher-into';
export { isTeacher, readTeacher, readTeacherManifest, writeTeacher } from './teacher/teacher-files';
export { fileCheckpoint } from './training/file-checkpoint';
