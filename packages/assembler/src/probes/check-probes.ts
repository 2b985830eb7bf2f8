import { readPackedFile } from '@factornet/core/internal';
import {
  decodeProbes,
  evaluateFeatures,
  evaluateLogits,
  type ProbeValues,
  probeDeviation,
  probeLayout,
  readLengths,
  relativeDrift,
  selectOffered,
  toleranceOn,
} from '@factornet/core/probes';
import {
  type CommonManifest,
  type FactorManifest,
  ProbeMismatchError,
  type ProbeMismatchErrorFields,
  type TaskKind,
} from '@factornet/spec';
import { getBackend } from '@tensorflow/tfjs';
import type { LoadedFactor, LoadedTrunk } from '../assembly/loaded';
import { locateIn } from '../packages/locate-file';

/**
 * Runs the golden probes of a packaged common-knowledge network on the current backend: its features have to be the
 * expected ones within the tolerance that its manifest states. A network in memory has no probes.
 *
 * @throws ProbeMismatchError, NonFiniteOutputError, MissingFileError, IntegrityError, CancelledError
 */
export async function checkTrunkProbes(
  { source, label, network, input }: LoadedTrunk,
  signal?: AbortSignal,
): Promise<void> {
  if (!('manifest' in source)) return;
  const { manifest } = source;
  const { pictures, features } = await readProbes(manifest, source, label, signal);
  const received = await evaluateFeatures(network, input, pictures, label);
  refuseFar('features', label, manifest.probes, probeDeviation(features, received));
}

/**
 * Runs the golden probes of a packaged factor on the current backend: from the features that its file holds, its logits
 * have to be the expected ones; and the common-knowledge network at hand has to give these features, or some that
 * drifted no further than it states factors bear.
 *
 * @throws ProbeMismatchError, NonFiniteOutputError, MissingFileError, IntegrityError, CancelledError
 */
export async function checkFactorProbes(
  factor: LoadedFactor,
  trunk: LoadedTrunk,
  signal?: AbortSignal,
): Promise<void> {
  const { source, label } = factor;
  if (!('manifest' in source)) return;
  const { probes } = source.manifest;
  const { pictures, features, logits } = await readProbes(source.manifest, source, label, signal, [
    factor.kind,
  ]);
  const { input } = probes;
  const received = await evaluateLogits(factor, input, pictures, features, label);
  refuseFar('logits', label, probes, probeDeviation(logits as Float32Array, received));

  const offered = await evaluateFeatures(trunk.network, trunk.input, pictures, trunk.label);
  const shapes = { features: { shape: [trunk.features] as [number] }, maps: trunk.maps };
  const common = selectOffered(offered, shapes, source.manifest.reads, label);
  const deviation = probeDeviation(features, common);
  if (deviation <= toleranceOn(getBackend(), probes.tolerance)) return;
  // The features that were probed and those at hand may each have drifted that far from the ones it was trained with.
  const tolerance = 2 * ('manifest' in trunk.source ? trunk.source.manifest.compatibility.tolerance : 0);
  const drift = relativeDrift(features, common, readLengths(source.manifest));
  refuseFar('features', `${trunk.label}, as ${label} knows it,`, probes, drift, tolerance);
}

async function readProbes(
  manifest: CommonManifest | FactorManifest,
  source: Parameters<typeof locateIn>[0],
  label: string,
  signal: AbortSignal | undefined,
  kinds?: readonly TaskKind[],
): Promise<ProbeValues> {
  const { file } = manifest.probes;
  const bytes = await readPackedFile(file, locateIn(source), { signal });
  return decodeProbes(bytes, probeLayout(manifest, { kinds }), `${file.path} of ${label}`);
}

function refuseFar(
  what: ProbeMismatchErrorFields['what'],
  source: string,
  { tolerance }: CommonManifest['probes'],
  deviation: number,
  tolerated = toleranceOn(getBackend(), tolerance),
): void {
  if (deviation <= tolerated) return;
  throw new ProbeMismatchError(
    { source, what, backend: getBackend(), deviation, tolerance: tolerated },
    {
      hint: "Try another backend, e.g. useBackend('cpu'); if it fails there too, install the package again.",
    },
  );
}
