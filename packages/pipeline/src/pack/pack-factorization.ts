import type { CommonNetwork } from '@factornet/core';
import type { Factorization } from '@factornet/factorizer';
import { type PackedCommon, type PackedPackage, packCommon, type ReleasedCommon } from '@factornet/packer';
import type { FactorManifest } from '@factornet/spec';
import { identityOf, type PackingOptions, packFactors } from './pack-factors';

/** How a common-knowledge network is packed, its version measured where there is a release before. */
export interface PackCommonNetworkOptions extends PackingOptions {
  /** The release before, on whose golden probes this one is measured. */
  previous?: ReleasedCommon | undefined;
  /** Relative drift of the features up to which factors go on working. Default: that of `previous`, else 0.02. */
  tolerance?: number | undefined;
  /** Pictures for golden probes, see `probesFrom`. Default: those of `previous`, else synthetic ones. */
  probes?: Uint8Array<ArrayBuffer> | undefined;
  /** Of every package. Default `1.0.0`, with `previous` what was measured. */
  version?: string | undefined;
}

export interface PackFactorizationOptions extends PackCommonNetworkOptions {
  /** Versions of the common-knowledge package that factors work with. Default: its major. */
  commonRange?: string | undefined;
}

/** The packages of a factorization. */
export interface PackedFactorization {
  readonly common: PackedCommon;
  readonly factors: readonly PackedPackage<FactorManifest>[];
}

/**
 * Packs all of a factorization: the common-knowledge network, then every factor for it, each as a package folder with
 * golden probes and with what narrowing cost. With `previous` the version is measured, and factors take the same.
 *
 * @throws as `packCommon` and `packFactor`
 * @throws ShapeMismatchError if the pictures to measure on are not what the networks take
 * @throws CancelledError on `signal`
 * @example
 * const { common, factors } = await packFactorization(await readFactorization('out'), {
 *   directory: 'packages',
 *   nameOf: (part) => `@me/shapes-${part}`,
 *   dtype: 'float16',
 *   measureOn: test,
 * });
 */
export async function packFactorization(
  { common, factors }: Pick<Factorization, 'common' | 'factors'>,
  options: PackFactorizationOptions,
): Promise<PackedFactorization> {
  const packed = await packCommonNetwork(common, options);
  // Factors go along with the version that was measured for their common network.
  const version = options.previous === undefined ? options.version : packed.version;
  return {
    common: packed,
    factors: await packFactors(factors, { ...options, version, common: packed, trained: common }),
  };
}

/**
 * Packs a common-knowledge network by itself.
 *
 * @throws as `packCommon`
 */
export async function packCommonNetwork(
  common: CommonNetwork,
  options: PackCommonNetworkOptions,
): Promise<PackedCommon> {
  const { previous, version = previous === undefined ? '1.0.0' : 'auto', dtype, tolerance, probes } = options;
  return packCommon(common, {
    ...identityOf('common', version, options),
    ...(dtype !== undefined && { dtype }),
    ...(tolerance !== undefined && { tolerance }),
    ...(probes !== undefined && { probes }),
    ...(previous !== undefined && { previous }),
  });
}
