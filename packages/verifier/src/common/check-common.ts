import { conflictError, planAssembly } from '@factornet/assembler';
import { readPackedModel } from '@factornet/core/internal';
import {
  evaluateFeatures,
  type ProbeValues,
  probeDeviation,
  readLengths,
  relativeDrift,
  selectOffered,
  toleranceOn,
} from '@factornet/core/probes';
import {
  type CommonPackage,
  type FactorPackage,
  IncompatibleCommonError,
  type InputDescription,
  MissingFileError,
  ProbeMismatchError,
} from '@factornet/spec';
import { getBackend } from '@tensorflow/tfjs';
import { refusingToRun } from '../probes/run-probes';

/** How far the common features are from those that the factor's probes were made with. */
export interface CommonOutcome {
  readonly common: string;
  readonly deviation: number;
  readonly tolerance: number;
}

/**
 * Checks that a common-knowledge package goes with a factor: by name, range and representation, and by the features it
 * gives for the factor's golden probes. Where it is the very network that the factor was trained with, these deviate by
 * no more than backends do; where it stands in for it, they drift by no more than it promises.
 *
 * @param probes of the factor
 * @throws IncompatibleCommonError, NewerSpecError if it does not fit
 * @throws MissingFileError, IntegrityError, RefusedPackageError if it cannot be loaded
 * @throws ProbeMismatchError, NonFiniteOutputError
 */
export async function checkCommon(
  common: CommonPackage,
  factor: FactorPackage,
  probes: ProbeValues,
): Promise<CommonOutcome> {
  const label = `${common.name}@${common.version}`;
  const [conflict] = planAssembly({ common, factors: [factor] }).conflicts;
  if (conflict !== undefined) throw conflictError(conflict);
  checkSameInput(common, factor, label);
  const offered = await featuresOf(common, probes, label);
  const named = `${factor.name}@${factor.version}`;
  const received = selectOffered(offered, common.manifest, factor.manifest.reads, named);
  const same = common.manifest.representation === factor.manifest.common.representation;
  const { compatibility } = common.manifest;
  const outcome = same
    ? {
        deviation: probeDeviation(probes.features, received),
        tolerance: toleranceOn(getBackend(), factor.manifest.probes.tolerance),
      }
    : {
        deviation: relativeDrift(probes.features, received, readLengths(factor.manifest)),
        tolerance: compatibility.tolerance,
      };
  if (!(outcome.deviation <= outcome.tolerance)) {
    const hint = `The golden probes of ${factor.name}@${factor.version} were made with other features.`;
    throw new ProbeMismatchError(
      { source: label, what: 'features', backend: getBackend(), ...outcome },
      { hint },
    );
  }
  return { common: label, ...outcome };
}

function checkSameInput(common: CommonPackage, factor: FactorPackage, label: string): void {
  const { shape, normalization } = common.manifest.input;
  const { input, features } = factor.manifest.probes;
  const same =
    JSON.stringify([shape, normalization.mean, normalization.standardDeviation]) ===
    JSON.stringify([input.shape, input.normalization.mean, input.normalization.standardDeviation]);
  if (same && features === common.manifest.features.shape[0]) return;
  throw new IncompatibleCommonError({
    factor: `${factor.name}@${factor.version}`,
    wanted: 'pictures of the shape and normalization, and features of the length, of its golden probes',
    offered: label,
    reason: 'representation',
  });
}

async function featuresOf(
  { manifest, files }: CommonPackage,
  { pictures, count }: ProbeValues,
  label: string,
) {
  const locate = (file: string): URL => {
    const location = files[file];
    if (location === undefined) throw new MissingFileError({ path: `${label}: ${file}` });
    return location;
  };
  const network = await readPackedModel(manifest.model, locate, label, undefined, count);
  try {
    return await refusingToRun(label, () =>
      evaluateFeatures(network, manifest.input as InputDescription, pictures, label),
    );
  } finally {
    network.dispose();
  }
}
