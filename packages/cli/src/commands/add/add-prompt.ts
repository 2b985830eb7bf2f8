import type { Readable, Writable } from 'node:stream';
import { confirm } from '@clack/prompts';
import type { CommandIO } from '../../io';

/**
 * Asks whether to install, on standard error, so that `--json` keeps standard output for itself.
 *
 * @returns true only for a yes; Ctrl-C and Esc are none
 */
export async function askToInstall(
  count: number,
  {
    input,
    output,
    signal,
  }: { input: NonNullable<CommandIO['stdin']>; output: NodeJS.WritableStream; signal?: AbortSignal },
): Promise<boolean> {
  const answer = await confirm({
    message: count === 1 ? 'Install this package?' : `Install these ${count} packages?`,
    input: input as Readable,
    output: output as Writable,
    ...(signal !== undefined && { signal }),
  });
  return answer === true;
}
