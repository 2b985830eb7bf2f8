import { mkdir, rmdir } from 'node:fs/promises';
import { InvalidOptionError } from '@factornet/spec';
import { lockFolder } from './folder-lock';
import { writing } from './write-failure';

export interface RunFolderOptions {
  /** Names a finished result in the folder, if there is one; the run would replace it. */
  readonly finished?: () => Promise<string | undefined>;
  /** Replaces a finished result. Default false. */
  readonly force?: boolean;
}

/**
 * Runs `work` with a folder of its own: the folder is made and proves to be writable before any work is done, no other run
 * gets it meanwhile, and a finished result in it is replaced only by force.
 *
 * @throws WriteFailedError if the folder cannot be made or written to
 * @throws FolderInUseError if another run has it
 * @throws InvalidOptionError if it holds a finished result, unless forced
 * @example
 * await withRunFolder('out', { force }, async () => writeTeacher('out', await train(), description));
 */
export async function withRunFolder<Result>(
  directory: string,
  { finished, force = false }: RunFolderOptions,
  work: () => Promise<Result>,
): Promise<Result> {
  const made = await writing(directory, () => mkdir(directory, { recursive: true }));
  const release = await lockFolder(directory);
  try {
    const result = force ? undefined : await finished?.();
    if (result !== undefined) {
      throw new InvalidOptionError(
        { option: 'out', expected: 'a folder without a finished result', received: directory },
        { hint: `It holds ${result}. Name another folder, or replace what is there with --force.` },
      );
    }
    return await work();
  } finally {
    await release();
    // A run that wrote nothing leaves no empty folder.
    if (made !== undefined) await rmdir(directory).catch(() => {});
  }
}
