import { createLock } from '@factornet/assembler/lock';
import { writeLock } from '@factornet/assembler/node';
import { withComposition } from '@factornet/registry';
import type { LockedPackage } from '@factornet/spec/lock';
import type { Work } from '../../context';
import type { Outcome } from '../../io';
import type { CompositionFlags } from '../../options/composition-flags';
import { placeOptions } from '../../packages/place-options';
import { refuseConflicts } from '../../packages/refuse-conflicts';
import { tableOf } from '../../render/table';

export type LockFlags = Pick<CompositionFlags, 'from' | 'registry' | 'multipleTrunks' | 'lockfile'>;

/** Writes the lockfile of a composition that goes together. */
export async function lockPackages(
  packages: readonly string[],
  flags: LockFlags,
  work: Work,
): Promise<Outcome> {
  const { multipleTrunks, lockfile } = flags;
  const lock = await withComposition(packages, placeOptions(flags, work), async (set) => {
    refuseConflicts(set, multipleTrunks);
    return createLock({ common: set.commons, factors: set.factors });
  });
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
