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
export { type CategoricalOptions, categorical } from './bricks/codes/categorical';
export type { Code, CodeNoise, CodeType } from './bricks/codes/code';
export { deterministic } from './bricks/codes/deterministic';
export { type CodeOptions, knownCodes } from './bricks/codes/find-code';
export { type GaussianOptions, gaussian } from './bricks/codes/gaussian';
export { add } from './bricks/fusions/add';
export { codeOnly } from './bricks/fusions/code-only';
export { concatenate } from './bricks/fusions/concatenate';
export type { FusionOptions } from './bricks/fusions/find-fusion';
export type { Fusion } from './bricks/fusions/fusion';
export { type CommonOutputs, codeOf, commonOutputs, factorLogits } from './bricks/model-equation';
export type { PlainLayer } from './bricks/plain-layer';
export { normalizeImages } from './normalize-images';
export { type Scope, withScope } from './scope';
