export type { BackendCandidate } from './backend/backend-candidate';
export { cpu, tensorflow, type WasmOptions, wasm, webgpu } from './backend/candidates';
export {
  type BackendAttempt,
  type BackendName,
  type BackendReport,
  type UseBackendOptions,
  unmetBackend,
  useBackend,
} from './backend/use-backend';
export { type CommonNetwork, disposeBrick, type FactorModels, type FactorNetwork } from './bricks/bricks';
export { add } from './bricks/fusions/add';
export { concatenate } from './bricks/fusions/concatenate';
export { type FusionOptions, findFusion } from './bricks/fusions/find-fusion';
export type { Fusion, FusionLayer } from './bricks/fusions/fusion';
export { codeOf, factorLogits } from './bricks/model-equation';
export { runModel } from './bricks/run-model';
export { inParts } from './in-parts';
export { throwIfCancelled } from './long-running/throw-if-cancelled';
export { integrityOf } from './model-files/digest';
export {
  decodePackedModel,
  loadInspected,
  type ModelBytes,
} from './model-files/model-bytes';
export { parseJson } from './model-files/parse-json';
export { type Reading, readBytes } from './model-files/read-bytes';
export {
  type FileLocator,
  readModelFiles,
  readPackedModel,
  readVerified,
} from './model-files/read-model';
export { checkImages, normalizeImages, unscaledImages } from './normalize-images';
export { pathOf } from './package-files/read-local-file';
export { fetchPackageJson, readPackageFile, readPackageJson } from './package-files/read-package-file';
export { picturesTensor } from './probes/pictures-tensor';
export { refuseNonFinite } from './probes/refuse-non-finite';
export { type Scope, withScope } from './scope';
export { type InspectedModel, inspectModel, inspectTopology } from './topology/inspect-model';
