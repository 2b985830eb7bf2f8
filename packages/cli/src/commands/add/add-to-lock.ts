import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { planAssembly } from '@factornet/assembler';
import { createLock } from '@factornet/assembler/lock';
import { readLock, writeLock } from '@factornet/assembler/node';
import { type AdditionPlan, listInstalled } from '@factornet/registry';
import { DEFAULT_LOCKFILE } from '../../options/composition-flags';

/** What became of a project's lockfile. */
export interface LockUpdate {
  readonly path: string;
  readonly updated: boolean;
  readonly message: string;
}

/**
 * Takes what was added into the project's `factornet.lock.json`, if there is one: what it pins, as it is installed now,
 * and the added factors of its common-knowledge networks. Left as it is, with the reason, where it pins packages that
 * are not installed, or where the whole would not go together.
 *
 * @returns null where there is no lockfile
 * @throws InvalidManifestError, NewerSpecError if it is broken
 */
export async function addToLock(plan: AdditionPlan, directory: string): Promise<LockUpdate | null> {
  const path = join(directory, DEFAULT_LOCKFILE);
  if (!(await stat(path).catch(() => undefined))?.isFile()) return null;
  const locked = await readLock(path);
  const leave = (reason: string): LockUpdate => ({
    path,
    updated: false,
    message: `${DEFAULT_LOCKFILE} is as it was: ${reason}. To write it anew: factornet lock <package…>`,
  });
  const trunks = new Set(locked.trunks.map(({ name }) => name));
  const names = new Set(locked.factors.map(({ name }) => name));
  for (const { name, needs } of plan.packages) {
    if (needs !== undefined && trunks.has(needs.slice(0, needs.lastIndexOf('@')))) names.add(name);
  }
  const installed = await listInstalled(directory);
  const commons = installed.commons.filter(({ name }) => trunks.has(name));
  const factors = installed.factors.filter(({ name }) => names.has(name));
  const missing = [...trunks, ...names].filter(
    (name) => ![...commons, ...factors].some((each) => each.name === name),
  );
  if (missing.length > 0) return leave(`it pins ${missing.join(', ')}, which is not installed here`);
  const added = factors.filter(({ name }) => plan.packages.some((each) => each.name === name));
  if (added.length === 0) return leave('nothing that was added belongs to it');
  const multipleTrunks = commons.length > 1;
  const [conflict] = planAssembly({ common: commons, factors, multipleTrunks }).conflicts;
  if (conflict !== undefined)
    return leave(`what it pins and what was added do not go together (${conflict.kind})`);
  await writeLock(path, await createLock({ common: commons, factors }));
  return {
    path,
    updated: true,
    message: `${DEFAULT_LOCKFILE} now pins ${commons.length + factors.length} packages.`,
  };
}
