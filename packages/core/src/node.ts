export type { CommonBrickFile, FactorBrickFile } from '@factornet/spec/training';
export { describeUnsafePath, pathKey } from './archive/entry-path';
export {
  type PackageTarball,
  type ReadTarballOptions,
  readPackageTarball,
} from './archive/read-package-tarball';
export { readBrick, readBrickFile, writeBrick } from './bricks/brick-files';
export { readTensorFile, writeTensorFile } from './model-files/tensor-file';
export {
  weightsFileName,
  writeDescribed,
  writeJson,
  writeModel,
  writeModelBytes,
  writeText,
} from './model-files/write-model';
export { readPackageFile, readPackageJson } from './package-files/read-package-file';
