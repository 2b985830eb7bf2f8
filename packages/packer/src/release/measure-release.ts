import type { CommonNetwork } from '@factornet/core';
import { evaluateFeatures, offeredLengths, type ProbeValues, relativeDrift } from '@factornet/core/probes';
import { modelDigest } from '@factornet/core/training';
import type { CommonManifest, Compatibility, Immutable, Narrowing } from '@factornet/spec';
import type { StoredModel } from '../narrowing/store-model';
import { probePictures } from '../probes/probe-pictures';
import { closest, type KnownRepresentation, type MeasuredBump, measureBump } from './measure-bump';
import {
  countPictures,
  type ReleaseOptions,
  refuseChanges,
  refuseDrift,
  statedTolerance,
} from './release-options';
import { type ReleasedCommon, readProbes } from './released-common';
import { nextVersion } from './semver-bump';

/** How many pictures golden probes have by default. */
const PROBES = 8;

/** What was measured against the release before. */
export interface MeasuredVersion extends MeasuredBump {
  readonly previous: { readonly name: string; readonly version: string };
  /** The version that says so. */
  readonly version: string;
}

/** What the manifest of a common-knowledge package says beyond the network's own description. */
export interface CommonRelease {
  readonly representation: string;
  readonly probes: ProbeValues;
  readonly narrowing?: Narrowing;
  readonly compatibility: Compatibility;
  /** With `previous` only. */
  readonly measured?: MeasuredVersion;
}

/**
 * Measures a network as it will be published: what narrowing cost, and what moved since the release before.
 *
 * @throws InvalidOptionError if narrowing costs more than the tolerance, or options contradict the release before
 * @throws MissingFileError, IntegrityError if the golden probes of the release before cannot be read
 */
export async function measureRelease(
  common: CommonNetwork,
  stored: StoredModel,
  options: ReleaseOptions,
): Promise<CommonRelease> {
  const { previous, probes } = options;
  const { input } = common.description;
  const tolerance = statedTolerance(options);
  const representation =
    (options.dtype ?? 'float32') === 'float32'
      ? common.description.representation
      : await modelDigest(stored.model);
  const released = ({ values, source, narrowing }: Measurement, lineage: readonly KnownRepresentation[]) => ({
    representation,
    probes: values,
    compatibility: {
      tolerance,
      representations: closest(source === undefined ? lineage : [...lineage, source], representation),
    },
    ...(narrowing !== undefined && { narrowing }),
  });
  if (previous === undefined) {
    const pictures = probes ?? probePictures(input, PROBES);
    return released(await measureOn(pictures, common, stored, options), []);
  }
  const golden = isComparable(common, previous) ? await readProbes(previous) : undefined;
  const pictures = golden?.pictures ?? probes ?? probePictures(input, PROBES);
  const measurement = await measureOn(pictures, common, stored, options);
  const bump = measureBump({
    previous,
    representation,
    drift: driftFrom(
      golden,
      measurement,
      offeredLengths(common.description),
      representation === previous.manifest.representation,
    ),
    source: measurement.source,
  });
  const measured = {
    previous: { name: previous.name, version: previous.version },
    ...bump,
    version: nextVersion(previous.version, bump.measured),
  };
  if (bump.measured !== 'major') {
    refuseChanges(previous, bump.measured, options);
    return { ...released(measurement, bump.lineage), measured };
  }
  const own = probes === undefined ? measurement : await measureOn(probes, common, stored, options);
  return { ...released(own, []), measured };
}

interface Measurement {
  readonly values: ProbeValues;
  readonly source?: KnownRepresentation;
  readonly narrowing?: Narrowing;
}

/** Golden features as published, and how far they are from those before narrowing. */
async function measureOn(
  pictures: Uint8Array<ArrayBuffer>,
  { network, description }: CommonNetwork,
  { model }: StoredModel,
  options: ReleaseOptions,
): Promise<Measurement> {
  const { dtype = 'float32' } = options;
  const { input, representation } = description;
  const count = countPictures(pictures, input);
  const values = { count, pictures, features: await evaluateFeatures(model, input, pictures) };
  if (dtype === 'float32') return { values };
  const trained = await evaluateFeatures(network, input, pictures);
  const drift = relativeDrift(trained, values.features, offeredLengths(description));
  refuseDrift(dtype, drift, statedTolerance(options));
  return { values, source: { representation, drift }, narrowing: { dtype, drift } };
}

function driftFrom(
  golden: ProbeValues | undefined,
  { values }: Measurement,
  lengths: readonly number[],
  same: boolean,
): number {
  if (golden === undefined) return Number.POSITIVE_INFINITY;
  // The same weights give the same features; another backend's rounding is no drift.
  return same ? 0 : relativeDrift(golden.features, values.features, lengths);
}

/** Fed with the same numbers, as many features, and the same maps: otherwise no factor could go on working. */
function isComparable({ description }: CommonNetwork, { manifest }: ReleasedCommon): boolean {
  return asText(description) === asText(manifest);
}

function asText({
  input,
  features,
  maps,
}: Pick<Immutable<CommonManifest>, 'input' | 'features' | 'maps'>): string {
  const { mean, standardDeviation } = input.normalization;
  const offered = maps.map(({ name, shape }) => [name, shape]);
  return JSON.stringify([input.shape, input.layout, mean, standardDeviation, features.shape, offered]);
}
