import { createLock } from '@factornet/assembler/lock';
import { writeLock } from '@factornet/assembler/node';
import type { LockedPackage } from '@factornet/spec/lock';
import type { Outcome } from '../../io';
import type { CompositionFlags } from '../../options/composition-flags';
import { refuseConflicts, resolvePackages } from '../../packages/resolve-packages';
import { tableOf } from '../../render/table';

export type LockFlags = Pick<CompositionFlags, 'from' | 'multipleTrunks' | 'lockfile'>;

/** Writes the lockfile of a composition that goes together. */
export async function lockPackages(
  packages: readonly string[],
  { from, multipleTrunks, lockfile }: LockFlags,
): Promise<Outcome> {
  const set = await resolvePackages(packages, from);
  refuseConflicts(set, multipleTrunks);
  const lock = await createLock({ common: set.commons, factors: set.factors });
  await writeLock(lockfile, lock);
  const row = (locked: LockedPackage) => [
    `${locked.name}@${locked.version}`,
    'task' in locked ? locked.task : 'common',
    Object.keys(locked.files).length,
  ];
  return {
    json: { lockfile, ...lock },
    text: [
      tableOf(['package', 'task', 'files'], [...lock.trunks, ...lock.factors].map(row)),
      `Wrote ${lockfile}. Commit it, and hold to it with --frozen.`,
    ],
  };
}
