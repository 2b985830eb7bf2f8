import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { FactorNetwork, FusionOptions } from '@factornet/core';
import { isBrick, readBrick, writeBrick, writeJson } from '@factornet/core/node';
import type { KindOptions } from '@factornet/spec';
import { disposeFactorization, type Factorization } from '../factorize/factorization';

const HISTORY = 'history.json';
const FINDINGS = 'findings.json';

/** Where the networks of a factorization lie below its folder. */
export const commonFolder = (directory: string) => join(directory, 'common');
const factorsFolder = (directory: string) => join(directory, 'factors');
export const factorFolder = (directory: string, task: string) => join(directory, 'factors', task);

/**
 * Writes `common/` and `factors/<task>/`, in place of the ones of an earlier run, which stay until all of the new ones are
 * on the disk, and of a run that ended what the epochs came to, and what is wrong, as `history.json` and `findings.json`.
 *
 * @throws UnstorableModelError, WriteFailedError, DisposedError
 */
export async function writeFactorization(
  { common, factors, history, findings }: Pick<Factorization, 'common' | 'factors' | 'history' | 'findings'>,
  directory: string,
): Promise<void> {
  const staged = join(directory, '.new');
  await rm(staged, { recursive: true, force: true });
  try {
    await writeBrick(common, commonFolder(staged));
    for (const [task, factor] of Object.entries(factors)) {
      await writeBrick(factor, factorFolder(staged, task));
    }
    await removeFactorization(directory);
    await mkdir(factorsFolder(directory), { recursive: true });
    await rename(commonFolder(staged), commonFolder(directory));
    for (const task of Object.keys(factors)) {
      await rename(factorFolder(staged, task), factorFolder(directory, task));
    }
    if (history.length > 0) {
      await writeJson(join(directory, HISTORY), history);
      await writeJson(join(directory, FINDINGS), findings);
    }
  } finally {
    await rm(staged, { recursive: true, force: true });
  }
}

/**
 * Reads the networks, the history and the findings that {@link writeFactorization} wrote; the caller disposes of them with
 * `disposeFactorization`. What its dimensions told is not kept.
 *
 * @throws MissingFileError, IntegrityError, NewerSpecError, InvalidManifestError
 */
export async function readFactorization(
  directory: string,
  options?: FusionOptions & KindOptions,
): Promise<Factorization> {
  const tasks = await listFactors(directory);
  const common = await readBrick(commonFolder(directory), { ...options, kind: 'common' });
  const factors: Record<string, FactorNetwork> = {};
  const found = { common, factors, history: [], findings: [], informationPerDimension: {} };
  try {
    for (const task of tasks) {
      const factor = await readBrick(factorFolder(directory, task), { ...options, kind: 'factor' });
      factors[factor.description.task.name] = factor;
    }
    const [history, findings] = await Promise.all(
      [HISTORY, FINDINGS].map((file) => readFile(join(directory, file), 'utf8').catch(() => '[]')),
    );
    return { ...found, history: JSON.parse(history as string), findings: JSON.parse(findings as string) };
  } catch (error) {
    disposeFactorization(found);
    throw error;
  }
}

/** Removes what `writeFactorization` wrote, and the folders left empty by that; nothing else. */
export async function removeFactorization(directory: string): Promise<void> {
  const folders = [
    commonFolder(directory),
    ...(await listFactors(directory)).map((task) => factorFolder(directory, task)),
  ];
  for (const folder of folders) {
    if (await isBrick(folder)) await rm(folder, { recursive: true });
  }
  for (const file of [HISTORY, FINDINGS]) await rm(join(directory, file), { force: true });
  for (const folder of [factorsFolder(directory), directory]) {
    if ((await listFolder(folder))?.length === 0) await rm(folder, { recursive: true });
  }
}

/** Tasks of the factors below a factorization's folder, in alphabetical order. */
export async function listFactors(directory: string): Promise<string[]> {
  const entries = (await listFolder(factorsFolder(directory))) ?? [];
  const bricks = await Promise.all(
    entries.map(async (name) => ((await isBrick(factorFolder(directory, name))) ? [name] : [])),
  );
  return bricks.flat().sort();
}

/** Where below a folder a network of a factorization lies, if there is one: `common`, `factors/shape`. */
export async function findNetwork(directory: string): Promise<string | undefined> {
  if (await isBrick(commonFolder(directory))) return 'common';
  const [task] = await listFactors(directory);
  return task === undefined ? undefined : factorFolder('', task);
}

async function listFolder(directory: string): Promise<string[] | undefined> {
  return readdir(directory).catch(() => undefined);
}
