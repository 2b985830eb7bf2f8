import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type CommonNetwork,
  decodeProbes,
  encodeModel,
  evaluateFeatures,
  evaluateLogits,
  type FactorNetwork,
  inspectModel,
  type ProbeValues,
  probeLayout,
  probePictures,
} from '@factornet/core';
import { weightsFileName, writeModelBytes } from '@factornet/core/node';
import {
  type CommonManifest,
  type FactorManifest,
  IncompatibleCommonError,
  type InputDescription,
  InvalidOptionError,
  parseFactorManifest,
  SPEC_VERSION,
} from '@factornet/spec';
import { writeProbes } from './golden-probes';
import { checkPackageName, checkPackageVersion, checkRange, compatibleRange } from './package-identity';
import { type PackageOptions, type PackedPackage, writePackage } from './write-package';

/** The common-knowledge package that a factor was trained with. What `packCommon` returns is one. */
export interface CommonReference {
  name: string;
  /** The version it was trained with. Without a `range`, versions of its major are taken as compatible. */
  version?: string;
  /** Semver range of the versions that the factor works with. Default: `^<major>.0.0` of `version`. */
  range?: string;
  /** Its representation must be the factor's. */
  manifest?: CommonManifest;
  /** The package folder, whose golden probes become the factor's; with `manifest`. */
  directory?: string;
  /** In place of a package: the network, which the factor's golden probes are run through. */
  network?: CommonNetwork;
}

const PROBES = 4;

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
  const golden = await goldenFeatures(options.common);
  const models = {
    specific: await encodeModel(factor.specific, weightsFileName('specific')),
    head: await encodeModel(factor.head, weightsFileName('head')),
  };
  const inspected = [inspectModel(models.specific, options.name), inspectModel(models.head, options.name)];
  const multiplyAdds = inspected.reduce((sum, each) => sum + each.multiplyAdds, 0);
  const { count, pictures, features, input } = golden;
  const logits = await evaluateLogits(factor, input, pictures, features);
  const { representation, ...description } = factor.description;
  const defaultDescription = `Factor of ${common.name} for the task "${description.task.name}", for factornet.`;
  return writePackage({ ...options, defaultDescription }, async (directory) =>
    parseFactorManifest(
      {
        spec: SPEC_VERSION,
        kind: 'factor',
        ...description,
        specific: await writeModelBytes(models.specific, directory, 'specific'),
        head: await writeModelBytes(models.head, directory, 'head'),
        multiplyAdds,
        probes: {
          ...(await writeProbes({ count, pictures, features, logits }, directory)),
          input,
          features: features.length / count,
        },
        common: { ...common, representation },
      },
      options.name,
    ),
  );
}

/** Pictures with the common features that go with them. */
async function goldenFeatures({
  network,
  manifest,
  directory,
}: CommonReference): Promise<ProbeValues & { input: InputDescription }> {
  if (network !== undefined) {
    const { input } = network.description;
    const pictures = probePictures(input, PROBES);
    return {
      count: PROBES,
      pictures,
      features: await evaluateFeatures(network.network, input, pictures),
      input,
    };
  }
  if (manifest !== undefined && directory !== undefined) {
    const path = join(directory, manifest.probes.file.path);
    const values = decodeProbes(new Uint8Array(await readFile(path)), probeLayout(manifest), path);
    const count = Math.min(PROBES, values.count);
    const first = <T extends Uint8Array<ArrayBuffer> | Float32Array>(array: T) =>
      array.slice(0, (array.length / values.count) * count) as T;
    return {
      count,
      pictures: first(values.pictures),
      features: first(values.features),
      input: manifest.input,
    };
  }
  throw new InvalidOptionError({
    option: 'common',
    expected: 'given with its network, or as a package with its folder',
    received: 'neither',
  });
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
