import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CommonSource, FactorSource } from '@factornet/assembler';
import { loadCommonPackage, loadFactorPackage } from '@factornet/assembler/node';
import { type CommonNetwork, disposeBrick, type FactorNetwork } from '@factornet/core';
import { readBrick, readBrickFile } from '@factornet/core/node';
import type { EpochRecord } from '@factornet/factorizer';
import {
  type CommonManifest,
  type CommonPackage,
  type FactorManifest,
  InvalidManifestError,
} from '@factornet/spec';
import { commonFolder, factorFolder, factorTasks } from '../../bricks/factorization-folder';
import { modelBytes, modelBytesOf } from '../../bricks/model-bytes';
import { readCommon } from '../../bricks/read-common';
import { refuseConflicts, resolvePackages } from '../../packages/resolve-packages';

/** Networks to measure, with what an assembly of them is made from. */
export interface Networks {
  readonly common: CommonNetwork;
  readonly factors: Readonly<Record<string, FactorNetwork>>;
  readonly sources: { readonly common: CommonSource; readonly factors: readonly FactorSource[] };
  /** Per package, or per network where there are no packages yet. */
  readonly bytes: Readonly<Record<string, number>>;
  readonly parameters: Readonly<Record<string, number>>;
  readonly history: readonly EpochRecord[];
  dispose(): void;
}

/** The networks of a folder that `factornet factorize` wrote. */
export async function readFactorization(directory: string): Promise<Networks> {
  const folders = [commonFolder(directory)];
  for (const task of await factorTasks(directory)) folders.push(factorFolder(directory, task));
  const bytes: Record<string, number> = { common: 0 };
  const { common, factors } = await disposingOnError(async (keep) => {
    const network = keep(await readCommon(commonFolder(directory)));
    const read: Record<string, FactorNetwork> = {};
    for (const folder of folders) {
      const file = await readBrickFile(folder);
      const models = file.kind === 'common' ? [file.model] : [file.specific, file.head];
      bytes[file.kind === 'common' ? 'common' : file.description.task.name] = modelBytes(models);
      if (file.kind === 'factor') read[file.description.task.name] = keep(await readFactorBrick(folder));
    }
    return { common: network, factors: read };
  });
  const text = await readFile(join(directory, 'history.json'), 'utf8').catch(() => '[]');
  return networksOf({
    common,
    factors,
    sources: { common, factors: Object.values(factors) },
    bytes,
    parameters: {
      common: common.description.parameters,
      ...Object.fromEntries(
        Object.entries(factors).map(([task, { description }]) => [task, description.parameters]),
      ),
    },
    history: JSON.parse(text),
  });
}

/** The networks of packages. @throws IncompatibleCommonError, DuplicateTaskError */
export async function readPackages(packages: readonly string[]): Promise<Networks> {
  const set = await resolvePackages(packages);
  refuseConflicts(set);
  const sources = { common: set.commons[0] as CommonPackage, factors: set.factors };
  const all = [sources.common, ...sources.factors];
  const { common, factors } = await disposingOnError(async (keep) => {
    const network = keep(await loadCommonPackage(sources.common));
    const loaded: Record<string, FactorNetwork> = {};
    for (const factor of sources.factors) {
      loaded[factor.manifest.task.name] = keep(await loadFactorPackage(factor, sources.common));
    }
    return { common: network, factors: loaded };
  });
  return networksOf({
    common,
    factors,
    sources,
    bytes: Object.fromEntries(
      all.map(({ name, manifest }) => {
        return [name, modelBytesOf(manifest as CommonManifest | FactorManifest)];
      }),
    ),
    parameters: Object.fromEntries(all.map(({ name, manifest }) => [name, manifest.parameters])),
    history: [],
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

async function readFactorBrick(folder: string): Promise<FactorNetwork> {
  const brick = await readBrick(folder);
  if ('specific' in brick) return brick;
  disposeBrick(brick);
  throw new InvalidManifestError({ source: folder, issues: ['kind: expected "factor", found "common"'] });
}
