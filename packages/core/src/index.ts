export type { BackendCandidate } from './backend/backend-candidate';
export { cpu, tensorflow, type WasmOptions, wasm, webgpu } from './backend/candidates';
export {
  type BackendAttempt,
  type BackendName,
  type BackendReport,
  type UseBackendOptions,
  useBackend,
} from './backend/use-backend';
export {
  type Brick,
  type CommonNetwork,
  disposeBrick,
  type FactorModels,
  type FactorNetwork,
} from './bricks/bricks';
export { add } from './bricks/fusions/add';
export { concatenate } from './bricks/fusions/concatenate';
export type { FusionOptions } from './bricks/fusions/find-fusion';
export type { Fusion, FusionLayer } from './bricks/fusions/fusion';
export { codeOf, factorLogits } from './bricks/model-equation';
export { normalizeImages } from './normalize-images';
export { type Scope, withScope } from './scope';
