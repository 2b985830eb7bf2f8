import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CommonSource, FactorSource } from '@factornet/assembler';
import { type CommonNetwork, disposeBrick, type FactorNetwork } from '@factornet/core';
import { readBrick, readBrickFile } from '@factornet/core/node';
import { readModel } from '@factornet/core/training';
import type { EpochRecord } from '@factornet/factorizer';
import {
  type CommonManifest,
  type CommonPackage,
  type FactorManifest,
  type FactorPackage,
  InvalidManifestError,
} from '@factornet/spec';
import { commonFolder, factorFolder, factorTasks } from './factorization-folder';
import { modelBytes, modelBytesOf } from './model-bytes';
import { readCommon } from './read-common';
import { refuseConflicts, resolvePackages } from './resolve-packages';

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
  const common = await readCommon(commonFolder(directory));
  const factors: Record<string, FactorNetwork> = {};
  const bytes: Record<string, number> = { common: 0 };
  for (const folder of folders) {
    const file = await readBrickFile(folder);
    const models = file.kind === 'common' ? [file.model] : [file.specific, file.head];
    bytes[file.kind === 'common' ? 'common' : file.description.task.name] = modelBytes(models);
    if (file.kind === 'factor') factors[file.description.task.name] = await readFactorBrick(folder);
  }
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
  const common = await readCommonPackage(sources.common);
  const factors: Record<string, FactorNetwork> = {};
  for (const factor of sources.factors) {
    factors[factor.manifest.task.name] = await readFactorPackage(factor);
  }
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

async function readCommonPackage({ manifest, files }: CommonPackage): Promise<CommonNetwork> {
  const { model, ...description } = manifest as CommonManifest;
  return { description, network: await readModel(model, (name) => files[name] as URL) };
}

async function readFactorPackage({ manifest, files }: FactorPackage): Promise<FactorNetwork> {
  const { specific, head, common, ...description } = manifest as FactorManifest;
  const locate = (name: string) => files[name] as URL;
  return {
    description: { ...description, representation: common.representation },
    specific: await readModel(specific, locate),
    head: await readModel(head, locate),
  };
}
