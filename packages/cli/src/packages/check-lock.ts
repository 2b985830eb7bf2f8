import { compareLock } from '@factornet/assembler/lock';
import { readLock } from '@factornet/assembler/node';
import type { PackageSet } from '@factornet/registry';
import { LockMismatchError } from '@factornet/spec/lock';
import type { CompositionFlags } from '../options/composition-flags';
import { quoteCommandLine } from '../render/quote';

/**
 * With `--frozen`, refuses packages that are not exactly those of the lockfile.
 *
 * @throws LockMismatchError naming every difference
 * @throws MissingFileError, InvalidManifestError, NewerSpecError if the lockfile cannot be read
 */
export async function checkLock(
  { commons, factors }: PackageSet,
  { frozen, lockfile }: Pick<CompositionFlags, 'frozen' | 'lockfile'>,
): Promise<void> {
  if (!frozen) return;
  const differences = await compareLock(await readLock(lockfile), { common: commons, factors });
  if (differences.length === 0) return;
  const names = [...commons, ...factors].map(({ name }) => name);
  throw new LockMismatchError(
    { source: lockfile, differences },
    {
      hint: `Install what is locked; or, to lock what is here: ${quoteCommandLine(['factornet', 'lock', ...names])}`,
    },
  );
}
