import { type InspectedModel, inspectTopology, loadInspected } from '@factornet/core/internal';
import type { CommonManifest, FactorManifest, ModelFiles } from '@factornet/spec';
import type { LayersModel } from '@tensorflow/tfjs';
import type { PackageFiles } from '../files/read-files';

/** A model of a package, inspected and loaded. */
export interface PackedModel {
  readonly inspected: InspectedModel;
  readonly network: LayersModel;
}

/** The models of a package, by what they are to it. */
export type PackedModels = Readonly<Record<string, PackedModel>>;

/**
 * Inspects every model of a package, and makes them all once none is refused.
 *
 * @param source `name@version`, for messages
 * @returns models that the caller disposes of
 * @throws RefusedPackageError (`json…`, `size`, `file-name`, `topology`, `shape`, `weight-spec`, `weight-values`)
 */
export async function loadModels(
  manifest: CommonManifest | FactorManifest,
  files: PackageFiles,
  source: string,
): Promise<PackedModels> {
  const inspected = Object.entries(modelsOf(manifest)).map(([role, { topology, weights }]) => {
    const name = `${topology.path} of ${source}`;
    return {
      role,
      name,
      weights,
      inspected: inspectTopology(bytesOf(files, topology.path), weights, name, manifest.probes.count),
    };
  });
  const models: Record<string, PackedModel> = {};
  try {
    for (const { role, name, weights, inspected: each } of inspected) {
      const network = await loadInspected(each, bytesOf(files, weights.path), name);
      models[role] = { inspected: each, network };
    }
    return models;
  } catch (error) {
    disposeModels(models);
    throw error;
  }
}

export function disposeModels(models: PackedModels): void {
  for (const { network } of Object.values(models)) network.dispose();
}

function modelsOf(manifest: CommonManifest | FactorManifest): Readonly<Record<string, ModelFiles>> {
  return manifest.kind === 'common'
    ? { common: manifest.model }
    : { specific: manifest.specific, head: manifest.head };
}

/** Described files were all read. */
function bytesOf(files: PackageFiles, path: string): Uint8Array<ArrayBuffer> {
  return files.get(path) as Uint8Array<ArrayBuffer>;
}
