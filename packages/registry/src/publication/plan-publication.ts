import type { CommonManifest, FactorManifest, Immutable } from '@factornet/spec';
import satisfies from 'semver/functions/satisfies.js';

/** A package in a folder, as packing returns it. */
export interface PackageFolder {
  readonly directory: string;
  readonly name: string;
  readonly version: string;
  readonly manifest: Immutable<CommonManifest | FactorManifest>;
}

/** One package that is to be published. Plain data. */
export interface PublicationStep {
  readonly directory: string;
  readonly name: string;
  readonly version: string;
  readonly kind: 'common' | 'factor';
  /** Folder of the common-knowledge package that is published along and that a factor is verified with. */
  readonly common?: string;
}

/**
 * The order in which packages are published: common-knowledge networks first, since until they are there nobody can
 * install their factors. Pure.
 *
 * @example
 * await publishPlanned(planPublication([shape, ckn]), { access: 'public' });
 */
export function planPublication(packages: readonly PackageFolder[]): PublicationStep[] {
  const commons = packages.filter(({ manifest }) => manifest.kind === 'common');
  const steps = packages.map(({ directory, name, version, manifest }): PublicationStep => {
    if (manifest.kind === 'common') return { directory, name, version, kind: 'common' };
    const { name: wanted, range } = manifest.common;
    const common = commons.find(
      (each) => each.name === wanted && satisfies(each.version, range, { includePrerelease: true }),
    );
    const along = common !== undefined && { common: common.directory };
    return { directory, name, version, kind: 'factor', ...along };
  });
  return [...steps.filter(({ kind }) => kind === 'common'), ...steps.filter(({ kind }) => kind === 'factor')];
}
