import { access, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { CommonNetwork, FactorNetwork } from '@factornet/core';
import { writeBrick } from '@factornet/core/node';
import type { Factorization } from '@factornet/factorizer';
import { formatCount } from '../render/format';
import { numeric, renderTable } from '../render/table';

/** Where `factornet factorize` puts things below its `--out`. */
export const commonFolder = (directory: string) => join(directory, 'common');
export const factorsFolder = (directory: string) => join(directory, 'factors');
export const factorFolder = (directory: string, task: string) => join(directory, 'factors', task);

/**
 * Writes `common/` and `factors/<task>/`, in place of the ones of an earlier run, which stay until all of the new ones are
 * on the disk.
 */
export async function writeBricks({ common, factors }: Factorization, directory: string): Promise<void> {
  const staged = join(directory, '.new');
  await rm(staged, { recursive: true, force: true });
  try {
    await writeBrick(common, commonFolder(staged));
    for (const [task, factor] of Object.entries(factors)) {
      await writeBrick(factor, factorFolder(staged, task));
    }
    await removeBricks(directory);
    await mkdir(factorsFolder(directory), { recursive: true });
    await rename(commonFolder(staged), commonFolder(directory));
    for (const task of Object.keys(factors)) {
      await rename(factorFolder(staged, task), factorFolder(directory, task));
    }
  } finally {
    await rm(staged, { recursive: true, force: true });
  }
}

/** Removes the bricks of a factorization, and the folders left empty by that; nothing else. */
export async function removeBricks(directory: string): Promise<void> {
  const folders = [
    commonFolder(directory),
    ...(await factorTasks(directory)).map((task) => factorFolder(directory, task)),
  ];
  for (const folder of folders) {
    if (await isBrick(folder)) await rm(folder, { recursive: true });
  }
  for (const folder of [factorsFolder(directory), directory]) {
    if ((await listFolder(folder))?.length === 0) await rm(folder, { recursive: true });
  }
}

/** Tasks of the factors below a factorization's folder, in alphabetical order. */
export async function factorTasks(directory: string): Promise<string[]> {
  const entries = (await listFolder(factorsFolder(directory))) ?? [];
  const bricks = await Promise.all(
    entries.map(async (name) => ((await isBrick(factorFolder(directory, name))) ? [name] : [])),
  );
  return bricks.flat().sort();
}

/** A network of a factorization below a folder, if there is one. */
export async function findBrick(directory: string): Promise<string | undefined> {
  if (await isBrick(commonFolder(directory))) return 'common';
  const [task] = await factorTasks(directory);
  return task === undefined ? undefined : factorFolder('', task);
}

export async function isBrick(directory: string): Promise<boolean> {
  return exists(join(directory, 'brick.json'));
}

export async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** What was made, as data and as a table. */
export function descriptionOfBricks(common: CommonNetwork, factors: readonly FactorNetwork[]) {
  const { representation, parameters } = common.description;
  const described = factors.map(({ description }) => ({
    task: description.task.name,
    classes: description.task.classes,
    parameters: description.parameters,
  }));
  return {
    json: { common: { representation, parameters }, factors: described },
    table: renderTable(
      ['network', 'classes', numeric('parameters')],
      [
        ['common', '–', formatCount(parameters)],
        ...described.map((factor) => [factor.task, factor.classes.length, formatCount(factor.parameters)]),
      ],
    ),
  };
}

async function listFolder(directory: string): Promise<string[] | undefined> {
  return readdir(directory).catch(() => undefined);
}
