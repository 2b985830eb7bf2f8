import type { CommonSource, FactorSource } from '@factornet/assembler';
import { loadCommonPackage, loadFactorPackage } from '@factornet/assembler/node';
import { type CommonNetwork, disposeBrick, type FactorNetwork, type FusionOptions } from '@factornet/core';
import { readBrickFile } from '@factornet/core/node';
import type { EpochRecord, Finding } from '@factornet/factorizer';
import { commonFolder, factorFolder, listFactors, readFactorization } from '@factornet/factorizer/node';
import type { CommonPackage, FactorPackage, KindOptions } from '@factornet/spec';
import { modelBytesOf } from './model-bytes';

/** Networks to measure, with what an assembly of them is made from. */
export interface Networks {
  readonly common: CommonNetwork;
  readonly factors: Readonly<Record<string, FactorNetwork>>;
  readonly sources: { readonly common: CommonSource; readonly factors: readonly FactorSource[] };
  /** Per package, or per network where there are no packages yet. */
  readonly bytes: Readonly<Record<string, number>>;
  readonly parameters: Readonly<Record<string, number>>;
  readonly history: readonly EpochRecord[];
  /** What the run that made them said at its end. */
  readonly findings: readonly Finding[];
  dispose(): void;
}

/**
 * The networks of a factorization's folder.
 *
 * @throws MissingFileError, IntegrityError, NewerSpecError, InvalidManifestError
 */
export async function readNetworks(
  directory: string,
  options?: FusionOptions & KindOptions,
): Promise<Networks> {
  const folders = [
    commonFolder(directory),
    ...(await listFactors(directory)).map((task) => factorFolder(directory, task)),
  ];
  const files = await Promise.all(folders.map((folder) => readBrickFile(folder, options)));
  const { common, factors, history, findings } = await readFactorization(directory, options);
  const named = files.map(
    (file) => [file.kind === 'common' ? 'common' : file.description.task.name, file] as const,
  );
  return networksOf({
    common,
    factors,
    sources: { common, factors: Object.values(factors) },
    bytes: Object.fromEntries(named.map(([name, file]) => [name, modelBytesOf(file)])),
    parameters: Object.fromEntries(named.map(([name, { description }]) => [name, description.parameters])),
    history,
    findings,
  });
}

/**
 * The networks of packages that go together, as `planAssembly` finds.
 *
 * @throws IntegrityError, RefusedPackageError, ShapeMismatchError
 */
export async function loadNetworks(
  sources: { readonly common: CommonPackage; readonly factors: readonly FactorPackage[] },
  options?: FusionOptions & KindOptions,
): Promise<Networks> {
  const all = [sources.common, ...sources.factors];
  const { common, factors } = await disposingOnError(async (keep) => {
    const network = keep(await loadCommonPackage(sources.common));
    const loaded: Record<string, FactorNetwork> = {};
    for (const factor of sources.factors) {
      loaded[factor.manifest.task.name] = keep(await loadFactorPackage(factor, sources.common, options));
    }
    return { common: network, factors: loaded };
  });
  return networksOf({
    common,
    factors,
    sources,
    bytes: Object.fromEntries(all.map(({ name, manifest }) => [name, modelBytesOf(manifest)])),
    parameters: Object.fromEntries(all.map(({ name, manifest }) => [name, manifest.parameters])),
    history: [],
    findings: [],
  });
}

/** Of networks that are read one by one, releases those before one that cannot be. */
async function disposingOnError<T>(
  read: (keep: <Brick extends CommonNetwork | FactorNetwork>(brick: Brick) => Brick) => Promise<T>,
): Promise<T> {
  const bricks: (CommonNetwork | FactorNetwork)[] = [];
  try {
    return await read((brick) => {
      bricks.push(brick);
      return brick;
    });
  } catch (error) {
    for (const brick of bricks) disposeBrick(brick);
    throw error;
  }
}

function networksOf(networks: Omit<Networks, 'dispose'>): Networks {
  return {
    ...networks,
    dispose() {
      for (const brick of [networks.common, ...Object.values(networks.factors)]) disposeBrick(brick);
    },
  };
}
