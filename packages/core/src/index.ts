export type { BackendCandidate } from './backend/backend-candidate';
export { cpu, tensorflow, wasm, webgpu } from './backend/candidates';
export {
  type BackendAttempt,
  type BackendName,
  type BackendReport,
  type UseBackendOptions,
  useBackend,
} from './backend/use-backend';
export { type CommonNetwork, disposeBrick, type FactorNetwork } from './bricks/bricks';
export { integrityOf } from './model-files/digest';
export { decodeModel, encodeModel, type ModelBytes, modelDigest } from './model-files/model-bytes';
export { readBytes } from './model-files/read-bytes';
export { type FileLocator, readModel, readVerified } from './model-files/read-model';
export { checkImageShape, normalizeImages } from './normalize-images';
export { type RandomStream, randomStream } from './random/random-stream';
export { type Scope, withScope } from './scope';
