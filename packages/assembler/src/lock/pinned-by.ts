import {
  type Lockfile,
  LockMismatchError,
  parseLockfile,
  type UncheckedLockfile,
} from '@factornet/spec/lock';
import type { CompositionCheck } from '../assembly/composition-check';
import { compareLocks } from './compare-lock';
import { createLock, lockPackage } from './create-lock';

/**
 * Refuses any package but those that a lockfile pins, when an assembly is made and when factors are added to it.
 *
 * @throws InvalidManifestError if it is no lockfile, NewerSpecError if it is of a later format; the check a
 * LockMismatchError for any difference, InvalidOptionError for a network in memory, which has no version
 * @example
 * const network = await assemble(ckn, [shape], { lock: pinnedBy(await readLock('factornet.lock.json')) });
 */
export function pinnedBy(lockfile: UncheckedLockfile): CompositionCheck {
  const lock = parseLockfile(lockfile, 'the lockfile');
  return {
    async checkAll(common, factors) {
      refuseDifferences(compareLocks(lock, await createLock({ common, factors })));
    },
    async checkAdded(factor) {
      const here = (await lockPackage(factor)) as Lockfile['factors'][number];
      const factors = lock.factors.filter(({ name }) => name === here.name);
      refuseDifferences(compareLocks({ trunks: [], factors }, { trunks: [], factors: [here] }));
    },
  };
}

function refuseDifferences(differences: readonly string[]): void {
  if (differences.length === 0) return;
  const hint = 'Install what is locked, or lock what is here: factornet lock <package…>';
  throw new LockMismatchError({ source: 'the lockfile', differences }, { hint });
}
