import { fileURLToPath } from 'node:url';
import type { Command, Transcript } from './transcript';

const bin = fileURLToPath(new URL('../../../packages/cli/dist/bin.js', import.meta.url));

/** Runs the real command, as it was built. */
export function factornet(
  transcript: Transcript,
  directory: string,
  args: readonly string[],
  options: Partial<Command> = {},
) {
  return transcript.run({
    typed: `factornet ${args.join(' ')}`,
    command: process.execPath,
    args: [bin, ...args],
    directory,
    ...options,
  });
}
