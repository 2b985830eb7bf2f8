import type { CommonNetwork } from '@factornet/core';
import { evaluateFeatures, type ProbeValues, selectOffered } from '@factornet/core/probes';
import {
  type CommonManifest,
  type FactorManifest,
  IncompatibleCommonError,
  type InputDescription,
  InvalidOptionError,
} from '@factornet/spec';
import { fittingRange } from './fitting-range';
import { checkPackageVersion, checkRange } from './package-identity';
import { probePictures } from './probes/probe-pictures';
import { readProbes } from './release/released-common';

/** How many pictures the golden probes of a factor have; the first ones of its common-knowledge network. */
const PROBES = 4;

/** The common-knowledge package that a factor was trained with. What `packCommon` returns is one. */
export interface CommonReference {
  name: string;
  /** The version it was trained with. Without a `range`, it says which versions are taken as compatible. */
  version?: string;
  /** Semver range of the versions that the factor works with. Default: `^<major>.0.0` of `version`, or narrower. */
  range?: string;
  /** The factor must have been trained with its representation, or with one that it stands in for. */
  manifest?: CommonManifest;
  /** The package folder, whose golden probes become the factor's; with `manifest`. */
  directory?: string;
  /** In place of a package: the network, which the factor's golden probes are run through. */
  network?: CommonNetwork;
}

/**
 * Pictures with what goes with them of the common-knowledge network as it is published, narrowed or not: z, and the maps
 * that a factor reads.
 *
 * @param source the factor, for messages
 * @throws InvalidOptionError if the reference has neither a package folder nor a network
 * @throws MissingFileError, IntegrityError
 */
export async function goldenFeatures(
  { name, version = '', network, manifest, directory }: CommonReference,
  reads: FactorManifest['reads'],
  source: string,
): Promise<ProbeValues & { input: InputDescription; commonFeatures: number }> {
  if (manifest !== undefined && directory !== undefined) {
    const values = await readProbes({ name, version, manifest, directory });
    const count = Math.min(PROBES, values.count);
    const [pictures, features] = [values.pictures, values.features].map((array) =>
      array.slice(0, (array.length / values.count) * count),
    ) as [Uint8Array<ArrayBuffer>, Float32Array];
    return {
      ...{ count, pictures, input: manifest.input, commonFeatures: manifest.features.shape[0] },
      features: selectOffered(features, manifest, reads, source),
    };
  }
  if (network !== undefined) {
    const { input, features, maps } = network.description;
    const pictures = probePictures(input, PROBES);
    const offered = await evaluateFeatures(network.network, input, pictures, name);
    return {
      ...{ count: PROBES, pictures, input, commonFeatures: features.shape[0] },
      features: selectOffered(offered, { features, maps }, reads, source),
    };
  }
  throw new InvalidOptionError({
    option: 'common',
    expected: 'given as a package with its folder, or with its network',
    received: 'neither',
  });
}

/** The range that a factor's peer dependency states. @throws InvalidOptionError */
export function rangeOf({ range, version, manifest }: CommonReference, representation: string): string {
  if (range !== undefined) {
    checkRange(range);
    return range;
  }
  if (version !== undefined) {
    checkPackageVersion(version, 'common.version');
    return fittingRange(version, manifest, representation);
  }
  throw new InvalidOptionError({
    option: 'common',
    expected: 'given with a version or a range',
    received: 'neither',
  });
}

/** @throws IncompatibleCommonError if a factor was trained with features that the given network does not stand in for */
export function checkFeatureSpace(
  factor: { name: string; version: string; representation: string },
  { name, version, manifest, network }: CommonReference,
  range: string,
): void {
  const given = manifest?.representation ?? network?.description.representation;
  const known = manifest?.compatibility.representations ?? [];
  if (given === undefined) return;
  if ([given, ...known.map((each) => each.representation)].includes(factor.representation)) return;
  throw new IncompatibleCommonError(
    {
      factor: `${factor.name}@${factor.version}`,
      wanted: `${name}@${range} with representation ${factor.representation}`,
      offered: `${name}@${version ?? range} with representation ${given}`,
      reason: 'representation',
    },
    { hint: 'Pack the factor with the common-knowledge network that it was trained with.' },
  );
}
