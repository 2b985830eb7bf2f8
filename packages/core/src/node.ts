export {
  type CommonBrickFile,
  type FactorBrickFile,
  readBrick,
  readBrickFile,
  writeBrick,
} from './bricks/brick-files';
export { readTensorFile, writeTensorFile } from './model-files/tensor-file';
export { writeDescribed, writeJson, writeModel, writeText } from './model-files/write-model';
