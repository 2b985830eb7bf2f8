import { statfs } from 'node:fs/promises';
import { WriteFailedError } from '@factornet/spec/training';
import { writing } from './write-failure';

/**
 * Checks that a disk has room for what a run is going to write, before it begins.
 *
 * @param directory that is there already
 * @param bytes about so many
 * @throws WriteFailedError with both numbers
 */
export async function requireSpace(directory: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await writing(directory, () => statfs(directory));
  const free = bavail * bsize;
  if (free >= bytes) return;
  const megabytes = (count: number) => `${(count / 1e6).toFixed(1)} MB`;
  throw new WriteFailedError(
    {
      path: directory,
      reason: `its disk has ${megabytes(free)} left, and the run needs ${megabytes(bytes)}`,
    },
    { hint: 'Free some space there, or write to another disk.' },
  );
}
