export type { CommonBrickFile, FactorBrickFile } from '@factornet/spec/training';
export { explainUnsafePath, pathKey } from './archive/entry-path';
export {
  type PackageTarball,
  type ReadTarballOptions,
  readPackageTarball,
} from './archive/read-package-tarball';
export { isBrick, readBrick, readBrickFile, writeBrick } from './bricks/brick-files';
export { fileExists } from './files/file-exists';
export { requireSpace } from './files/free-space';
export { type RunFolderOptions, withRunFolder } from './files/run-folder';
export { writing } from './files/write-failure';
export { writeBytes, writeFiles } from './files/write-files';
export { jsonBytes, writeJson, writeText } from './files/write-text';
export { type InParallelOptions, inParallel } from './long-running/in-parallel';
export { readTensorFile, writeTensorFile } from './model-files/tensor-file';
export {
  type ModelFileContents,
  storableFiles,
  weightsFileName,
  writeDescribed,
  writeModel,
  writeModelBytes,
} from './model-files/write-model';
export { readPackageFile, readPackageJson } from './package-files/read-package-file';
