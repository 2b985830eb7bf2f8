import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type CommonNetwork, disposeBrick, type FactorNetwork } from '@factornet/core';
import { readPackedModel } from '@factornet/core/internal';
import type { Dataset } from '@factornet/data';
import type { ProgressListener, TrainableTaskKind } from '@factornet/factorizer';
import { type PackageOptions, type PackedPackage, packFactor } from '@factornet/packer';
import type { CommonManifest, FactorManifest, WeightDtype } from '@factornet/spec';
import { type NarrowingMeter, narrowingMeter } from './narrowing-meter';

/** How all packages of a factorization are written. */
export interface PackingOptions {
  /** Where package folders are written, each named as its package is without the scope. */
  directory: string;
  /** What the package of `common` is called, and that of the factor of a task. */
  nameOf: (part: string) => string;
  /** Of every package. Default `1.0.0`. */
  version?: string | undefined;
  /** What every package says of itself. */
  about?: Omit<PackageOptions, 'name' | 'version' | 'directory'> | undefined;
  /** Kinds of the factors' tasks. Default `trainableTaskKinds`. */
  kinds?: readonly TrainableTaskKind[] | undefined;
  /** How weights are stored. Default `float32`. */
  dtype?: WeightDtype | undefined;
  /**
   * Pictures on which factors are compared as they were trained and as they are published, with labels for their tasks;
   * what narrowing cost in accuracy is then in their manifests. Asked of nothing with `float32`.
   */
  measureOn?: Dataset | undefined;
  onProgress?: ProgressListener | undefined;
  signal?: AbortSignal | undefined;
}

export interface PackFactorsOptions extends PackingOptions {
  /** The package that they were trained for. */
  common: Pick<PackedPackage<CommonManifest>, 'name' | 'version' | 'manifest' | 'directory'>;
  /** Its versions that they work with. Default: its major. */
  commonRange?: string | undefined;
  /** The network as it was trained, to compare with. Default: as its package holds it. */
  trained?: CommonNetwork | undefined;
}

/**
 * Packs factors for a common-knowledge package, each as a folder of its own.
 *
 * @throws as `packFactor`
 * @throws ShapeMismatchError if the pictures to measure on are not what the networks take
 * @throws CancelledError on `signal`
 */
export async function packFactors(
  factors: Readonly<Record<string, FactorNetwork>>,
  options: PackFactorsOptions,
): Promise<PackedPackage<FactorManifest>[]> {
  const { common, commonRange, version = '1.0.0', dtype, kinds } = options;
  const packed: PackedPackage<FactorManifest>[] = [];
  await withMeter(options, async (meter) => {
    for (const [task, factor] of Object.entries(factors)) {
      const one = await packFactor(factor, {
        ...identityOf(task, version, options),
        common: { ...common, ...(commonRange !== undefined && { range: commonRange }) },
        kinds,
        ...(dtype !== undefined && { dtype }),
        ...(meter && { measureAccuracy: (narrowed) => meter.measure(factor, narrowed) }),
      });
      packed.push(one);
    }
  });
  return packed;
}

/** What one package is called and where it lies, and what all say of themselves. */
export function identityOf(
  part: string,
  version: string,
  { nameOf, directory, about }: PackingOptions,
): PackageOptions {
  const name = nameOf(part);
  return { ...about, name, version, directory: join(directory, name.replace(/^@[^/]*\//, '')) };
}

async function withMeter(
  { common, trained, kinds, dtype = 'float32', measureOn: data, onProgress, signal }: PackFactorsOptions,
  body: (meter?: NarrowingMeter) => Promise<void>,
): Promise<void> {
  if (data === undefined || dtype === 'float32') return body();
  const { name, manifest, directory } = common;
  const locate = (file: string) => pathToFileURL(join(directory, file));
  const network = await readPackedModel(manifest.model, locate, name);
  const published: CommonNetwork = { kind: 'common', description: manifest, network };
  try {
    const listening = { ...(onProgress && { onProgress }), ...(signal && { signal }) };
    const meter = { common: trained ?? published, published: network, kinds, data, ...listening };
    await body(await narrowingMeter(meter));
  } finally {
    disposeBrick(published);
  }
}
