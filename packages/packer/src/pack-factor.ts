import type { CommonNetwork, FactorNetwork } from '@factornet/core';
import { writeModel } from '@factornet/core/node';
import {
  type FactorManifest,
  IncompatibleCommonError,
  InvalidOptionError,
  parseFactorManifest,
  SPEC_VERSION,
} from '@factornet/spec';
import { checkPackageName, checkPackageVersion, checkRange, compatibleRange } from './package-identity';
import { type PackageOptions, type PackedPackage, writePackage } from './write-package';

/** The common-knowledge package that a factor was trained with. What `packCommon` returns is one. */
export interface CommonReference {
  name: string;
  /** The version it was trained with. Without a `range`, versions of its major are taken as compatible. */
  version?: string;
  /** Semver range of the versions that the factor works with. Default: `^<major>.0.0` of `version`. */
  range?: string;
  /** If given, its representation must be the factor's. */
  manifest?: { readonly representation: string };
  /** If given, its representation must be the factor's. */
  network?: CommonNetwork;
}

export interface PackFactorOptions extends PackageOptions {
  common: CommonReference;
}

/**
 * Writes a factor (task-specific network and head) as an npm package folder. Its manifest names the
 * common-knowledge package by range and representation; `peerDependencies` says the same to npm.
 *
 * @throws InvalidOptionError if npm would refuse the name, version or range, or the folder holds something else
 * @throws InvalidManifestError if the factor's description does not follow the schema
 * @throws IncompatibleCommonError if it was trained with another common-knowledge network than the given one
 * @example
 * const ckn = await packCommon(common, { name: '@scope/ckn', version: '1.0.0', directory: 'out/ckn' });
 * await packFactor(shape, { name: '@scope/shape', version: '1.0.0', directory: 'out/shape', common: ckn });
 */
export async function packFactor<Factor extends FactorNetwork>(
  factor: Factor,
  options: PackFactorOptions,
): Promise<PackedPackage<FactorManifest>> {
  checkPackageName(options.name);
  checkPackageVersion(options.version);
  const common = { name: options.common.name, range: rangeOf(options.common) };
  checkPackageName(common.name, 'common.name');
  checkSameRepresentation(factor, options, common);
  const { representation, ...description } = factor.description;
  const defaultDescription = `Factor of ${common.name} for the task "${description.task.name}", for factornet.`;
  return writePackage({ ...options, defaultDescription }, async (directory) =>
    parseFactorManifest(
      {
        spec: SPEC_VERSION,
        kind: 'factor',
        ...description,
        specific: await writeModel(factor.specific, directory, 'specific'),
        head: await writeModel(factor.head, directory, 'head'),
        common: { ...common, representation },
      },
      options.name,
    ),
  );
}

function rangeOf({ range, version }: CommonReference): string {
  if (range !== undefined) {
    checkRange(range);
    return range;
  }
  if (version !== undefined) return compatibleRange(version);
  throw new InvalidOptionError({
    option: 'common',
    expected: 'given with a version or a range',
    received: 'neither',
  });
}

function checkSameRepresentation(
  { description: { representation } }: FactorNetwork,
  { name, version, common }: PackFactorOptions,
  { range }: { range: string },
): void {
  const given = common.manifest?.representation ?? common.network?.description.representation;
  if (given === undefined || given === representation) return;
  throw new IncompatibleCommonError(
    {
      factor: `${name}@${version}`,
      wanted: `${common.name}@${range} with representation ${representation}`,
      offered: `${common.name}@${common.version ?? range} with representation ${given}`,
      reason: 'representation',
    },
    { hint: 'Pack the factor with the common-knowledge network that it was trained with.' },
  );
}
