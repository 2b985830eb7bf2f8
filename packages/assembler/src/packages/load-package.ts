import type { CodeOptions, CommonNetwork, FactorNetwork, FusionOptions } from '@factornet/core';
import type { CommonPackage, FactorPackage, KindOptions } from '@factornet/spec';
import { loadFactor, loadTrunk } from '../assembly/load-networks';

/**
 * Loads a common-knowledge package as the network that it was packed from, under the rules that `assemble` loads packages
 * by: files with their digests, allowed layers within the limits, finite weights, and the shapes of the manifest. Whoever
 * asked for it disposes of it (`disposeBrick`).
 *
 * @throws MissingFileError, IntegrityError, RefusedPackageError, ShapeMismatchError
 */
export async function loadCommonPackage(source: CommonPackage): Promise<CommonNetwork> {
  const { input, features, maps, backbone, parameters, representation, provenance } = source.manifest;
  const { network } = await loadTrunk(source);
  const description = { input, features, maps, backbone, parameters, representation, provenance };
  return { kind: 'common', description, network };
}

/**
 * As {@link loadCommonPackage}, for a factor of it.
 *
 * @throws MissingFileError, IntegrityError, RefusedPackageError, ShapeMismatchError
 */
export async function loadFactorPackage(
  source: FactorPackage,
  common: CommonPackage | CommonNetwork,
  options?: CodeOptions & FusionOptions & KindOptions,
): Promise<FactorNetwork> {
  const { task, fusion, reads, code, parameters, report, provenance, logitScale, temperature } =
    source.manifest;
  const { representation } = source.manifest.common;
  const loaded = await loadFactor(source, common, options);
  return {
    kind: 'factor',
    description: {
      ...{ task, fusion, reads, code, parameters, report, provenance, representation },
      ...(logitScale !== undefined && { logitScale }),
      ...(temperature !== undefined && { temperature }),
    },
    code: loaded.code,
    fusion: loaded.fusion,
    specific: loaded.specific,
    head: loaded.head,
  };
}
