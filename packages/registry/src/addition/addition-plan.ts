import type { AssemblyConflict } from '@factornet/assembler';
import type { CommonManifest, FactorManifest, Immutable } from '@factornet/spec';
import type { PublishedCommon, PublishedPackage } from '../packages/published-package';
import type { InstalledProject } from '../project/list-installed';

export interface AdditionRequest {
  /** What the project has; `listInstalled` tells. */
  readonly installed: Pick<InstalledProject, 'dependencies' | 'commons' | 'factors'>;
  /** What is to be added, one version of each. */
  readonly wanted: readonly PublishedPackage[];
  /** Versions of the common-knowledge networks that factors want; `viewVersions` reads them. */
  readonly published: readonly PublishedCommon[];
}

/**
 * What becomes of a package: `install` it, `update` it from another version, `list` it (it is there, but
 * `package.json` does not say so), or nothing, as it is `present`.
 */
export type AdditionStep = 'install' | 'update' | 'list' | 'present';

/** One package of a plan. */
export interface PlannedPackage {
  readonly kind: 'common' | 'factor';
  readonly name: string;
  readonly version: string;
  readonly step: AdditionStep;
  /** The version there is, if it is another. */
  readonly from: string | undefined;
  /** What the package manager is told. */
  readonly specifier: string;
  readonly task: string | undefined;
  /** `name@range` of the common-knowledge network that a factor wants. */
  readonly needs: string | undefined;
  /** Of model files, which an assembly reads. */
  readonly bytes: number;
  readonly parameters: number;
  readonly multiplyAdds: number;
  /** Of the tarball, or of its files where a registry does not say; 0 for what is there already. */
  readonly downloadBytes: number;
  readonly accuracy: number | undefined;
  readonly deprecated: string | undefined;
  /** What it was chosen by; what is installed is held against it. */
  readonly manifest: Immutable<CommonManifest | FactorManifest>;
}

/** What adding packages to a project would do. Plain data, fit for JSON. */
export interface AdditionPlan {
  /** Every common-knowledge network that is concerned, each followed by its wanted factors. */
  readonly packages: readonly PlannedPackage[];
  /** For the package manager; empty if nothing is to be done. */
  readonly install: readonly string[];
  readonly tasksGained: readonly string[];
  /** Of the packages of this plan together; a common-knowledge network counts once. */
  readonly bytes: number;
  readonly parameters: number;
  readonly multiplyAdds: number;
  readonly downloadBytes: number;
  /** Empty if everything goes together. */
  readonly conflicts: readonly AssemblyConflict[];
}
