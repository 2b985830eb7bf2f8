import type { CommonNetwork } from '@factornet/core';
import { VersionContradictedError } from '@factornet/spec/publishing';
import { checkRepresentation } from '../check-representation';
import { storeModel } from '../narrowing/store-model';
import { type MeasuredVersion, measureRelease } from './measure-release';
import { checkDtype, type ReleaseOptions } from './release-options';
import type { ReleasedCommon } from './released-common';
import { claimedBumps } from './semver-bump';

/**
 * Measures which release of a common-knowledge package a network is, on the golden probes of the published one:
 * `max_i ‖z′_i − z_i‖₂ / ‖z_i‖₂` over its pictures, against its features.
 *
 * The same representation is a patch. Features within the tolerance that the published manifest states, of it and of
 * every feature space that it stands in for, are a minor release. Anything else is a major one, and so is another input
 * or number of features, whose drift is infinite.
 *
 * @param previous what `readPackage` of `@factornet/assembler/node` reads, or `packCommon` returned
 * @throws IntegrityError if the network changed after it was described, or the published probes are damaged
 * @throws InvalidOptionError, MissingFileError, RefusedPackageError
 * @example
 * const { measured, drift, version } = await measureVersion(common, await readPackage('node_modules/@scope/ckn'));
 */
export async function measureVersion(
  common: CommonNetwork,
  previous: ReleasedCommon,
  options: Omit<ReleaseOptions, 'previous'> = {},
): Promise<MeasuredVersion> {
  const dtype = checkDtype(options.dtype ?? 'float32');
  await checkRepresentation(common);
  const stored = await storeModel(common.network, 'common', dtype, previous.name);
  try {
    const { measured } = await measureRelease(common, stored, { ...options, previous });
    return measured as MeasuredVersion;
  } finally {
    stored.dispose();
  }
}

/** @throws VersionContradictedError if `version` promises other than what was measured; InvalidOptionError if it is no successor */
export function checkClaim(
  { name, version }: { name: string; version: string },
  previous: ReleasedCommon,
  { measured, drift, accumulatedDrift, tolerance, version: next }: MeasuredVersion,
): void {
  const claimed = claimedBumps(previous.version, version);
  if (claimed.includes(measured)) return;
  throw new VersionContradictedError(
    {
      source: `${name}@${version}`,
      previous: `${previous.name}@${previous.version}`,
      claimed: claimed.join(' or '),
      measured,
      drift: measured === 'major' ? accumulatedDrift : drift,
      tolerance,
    },
    { hint: `The version that says what was measured is ${next}.` },
  );
}
