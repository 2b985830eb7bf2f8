export type {
  AdditionPlan,
  AdditionRequest,
  AdditionStep,
  PlannedPackage,
} from './addition/addition-plan';
export { confirmAddition } from './addition/confirm-addition';
export { confirmInstalled, type Installation } from './addition/confirm-installed';
export { installSpecifiers, keepRemote } from './addition/keep-remote';
export { planAddition } from './addition/plan-addition';
export { resolveAddition } from './addition/resolve-addition';
export { type Choice, type ChoiceRequest, type ChoiceResult, chooseFactors } from './choice/choose-factors';
export { type CandidateRequest, gatherCandidates } from './choice/gather-candidates';
export { detectManager, type Manager, type ManagerName, managerNames } from './manager/detect-manager';
export { type InstallCommand, installCommand } from './manager/install-command';
export { type InstallOptions, installPackages } from './manager/install-packages';
export { undoCommands } from './manager/undo-commands';
export type { RegistryOptions } from './npm/ask-registry';
export { fetchPackage } from './npm/fetch-package';
export { packTarball, type Tarball } from './npm/pack-tarball';
export { type PublishedTarball, type PublishOptions, publishPackage } from './npm/publish-package';
export { renewTarballs, tarballFolder } from './npm/renew-tarballs';
export { ManagerFailure, type RunOptions, runManager } from './npm/run-manager';
export type { NpmOptions } from './npm/run-npm';
export { statedAccuracy } from './packages/accuracy';
export type { PackagePlace } from './packages/package-place';
export { packageForms, parseSpecifier, type Specifier } from './packages/parse-specifier';
export type { PlaceOptions } from './packages/place-package';
export {
  isPublishedCommon,
  isPublishedFactor,
  type Published,
  type PublishedCommon,
  type PublishedFactor,
  type PublishedPackage,
} from './packages/published-package';
export { type PackageSet, withComposition } from './packages/resolve-composition';
export { type ResolvedPackage, resolvePackage } from './packages/resolve-package';
export { type FoundPackage, type SearchRequest, searchPackages } from './packages/search-packages';
export { type ViewOptions, viewPackages } from './packages/view-packages';
export { viewVersions } from './packages/view-versions';
export { withCommonPackage, withPlaces } from './packages/with-package';
export {
  type BrokenPackage,
  groupInstalled,
  type InstalledGroup,
  type InstalledProject,
  listInstalled,
} from './project/list-installed';
export { listPackageFolders } from './project/list-package-folders';
export { findProject } from './project/read-project';
export { type PackageFolder, type PublicationStep, planPublication } from './publication/plan-publication';
export { type PublicationOptions, publishPlanned } from './publication/publish-planned';
export { type LeakageLimit, refuseLeakage } from './publication/refuse-leakage';
