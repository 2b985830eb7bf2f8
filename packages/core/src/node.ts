export type { CommonBrickFile, FactorBrickFile } from '@factornet/spec';
export { readBrick, readBrickFile, writeBrick } from './bricks/brick-files';
export { readTensorFile, writeTensorFile } from './model-files/tensor-file';
export { writeDescribed, writeJson, writeModel, writeText } from './model-files/write-model';
