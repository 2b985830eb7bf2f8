import type { CommonNetwork } from '@factornet/core';
import { inspectTopology } from '@factornet/core/internal';
import { writeModelBytes } from '@factornet/core/node';
import { type CommonManifest, InvalidOptionError, parseCommonManifest, SPEC_VERSION } from '@factornet/spec';
import { checkRepresentation } from './check-representation';
import { storeModel } from './narrowing/store-model';
import { checkPackageName, checkPackageVersion } from './package-identity';
import { checkFeatures } from './probes/check-answers';
import { writeProbes } from './probes/write-probes';
import { type CommonRelease, type MeasuredVersion, measureRelease } from './release/measure-release';
import { checkClaim } from './release/measure-version';
import { checkDtype, type ReleaseOptions } from './release/release-options';
import { type PackageOptions, type PackedPackage, writePackage } from './write-package';

export interface PackCommonOptions extends PackageOptions, ReleaseOptions {
  /** Semantic version, e.g. `1.0.0`; with `previous` also `auto`, for the one that the measurement calls for. */
  version: string;
}

/** A common-knowledge package that was written. */
export interface PackedCommon extends PackedPackage<CommonManifest> {
  /** What its version was measured by; with `previous` only. */
  readonly measured?: MeasuredVersion;
}

/**
 * Writes a common-knowledge network as an npm package folder: `package.json` with its `factornet` manifest, the model
 * files, golden probes, a generated `index.js` and `index.d.ts`, a model card and a licence. Data only.
 *
 * With `dtype` weights are stored in fewer bits. The package's representation is then that of the weights as they are
 * read back, and its manifest says how far features moved from the network's own, which it stands in for.
 *
 * With `previous` the version is measured on the golden probes of the release before, see {@link measureVersion}.
 *
 * @throws InvalidOptionError if npm would refuse the name or version, the folder holds something else, the licence is
 *   unknown, narrowing moves features beyond the tolerance, or an option contradicts the release before
 * @throws VersionContradictedError if the version promises other than what was measured
 * @throws PackageTooLargeError for more than 50 MB, unless forced
 * @throws InvalidManifestError if the network's description does not follow the schema
 * @throws IntegrityError if the network is not the one its description was made from
 * @throws RefusedPackageError if the network is none that packages may hold
 * @throws NonFiniteOutputError if it answers NaN or an infinite number
 * @example
 * const ckn = await packCommon(common, { name: '@scope/ckn', version: '1.0.0', directory: 'out/ckn' });
 */
export async function packCommon(common: CommonNetwork, options: PackCommonOptions): Promise<PackedCommon> {
  checkPackageName(options.name);
  const auto = options.version === 'auto' && options.previous !== undefined;
  if (!auto) checkPackageVersion(options.version);
  const dtype = checkDtype(options.dtype ?? 'float32');
  checkSamePackage(options);
  await checkRepresentation(common);
  const stored = await storeModel(common.network, 'common', dtype, options.name);
  try {
    await checkFeatures(stored.model, common.description.input, options.name);
    const release = await measureRelease(common, stored, options);
    const version = auto ? (release.measured as MeasuredVersion).version : options.version;
    checkMeasuredVersion({ ...options, version }, release);
    inspectTopology(
      stored.bytes.topology,
      { bytes: stored.bytes.weights.length },
      options.name,
      release.probes.count,
    );
    const { input, features, maps, backbone, parameters, provenance } = common.description;
    const { representation, compatibility, narrowing } = release;
    const defaultDescription = `Common-knowledge network for ${input.shape.join('×')} pictures, for factornet.`;
    const packed = await writePackage({ ...options, version, defaultDescription }, async (directory) =>
      parseCommonManifest(
        {
          spec: SPEC_VERSION,
          kind: 'common',
          ...{ input, features, maps, backbone, parameters, representation, provenance },
          multiplyAdds: stored.multiplyAdds,
          model: await writeModelBytes(stored.bytes, directory, 'common'),
          probes: await writeProbes(release.probes, directory),
          compatibility,
          ...(narrowing !== undefined && { narrowing }),
        },
        options.name,
      ),
    );
    return release.measured === undefined ? packed : { ...packed, measured: release.measured };
  } finally {
    stored.dispose();
  }
}

function checkSamePackage({ name, previous }: PackCommonOptions): void {
  if (previous === undefined || previous.name === name) return;
  throw new InvalidOptionError({
    option: 'previous',
    expected: `a release of ${name}`,
    received: `${previous.name}@${previous.version}`,
  });
}

function checkMeasuredVersion(
  { name, version, previous }: PackCommonOptions,
  { measured }: CommonRelease,
): void {
  if (previous !== undefined && measured !== undefined) checkClaim({ name, version }, previous, measured);
}
