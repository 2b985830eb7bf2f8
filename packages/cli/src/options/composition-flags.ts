import type { Command } from 'commander';

/** Options of commands that compose packages. */
export interface CompositionFlags {
  readonly from?: string;
  readonly multipleTrunks: boolean;
  readonly joint?: string;
  readonly frozen: boolean;
  readonly lockfile: string;
  readonly verify: boolean;
}

export const DEFAULT_LOCKFILE = 'factornet.lock.json';

/** What a package may be called. */
export const packageArgument =
  'folders, URLs or names of packages: one common network (or none: what the factors name) and its factors';

/** `--from` of every command that looks packages up. */
export function addFromOption(command: Command): Command {
  return command.option(
    '--from <base>',
    'where packages lie that are given by name: a CDN, as BASE/NAME@RANGE/, or a folder (default: what is installed here)',
  );
}

/** Adds the options of {@link CompositionFlags}. */
export function addCompositionOptions(command: Command): Command {
  return addFromOption(command)
    .option('--multiple-trunks', 'allow several common networks, each of which runs for every picture', false)
    .option('--joint <label-space>', 'one distribution over the classes of all factors of a label space')
    .option('--frozen', 'refuse packages that are not exactly those of the lockfile', false)
    .option('--lockfile <file>', 'the lockfile', DEFAULT_LOCKFILE)
    .option('--verify', 'run the golden probes of every package on this backend', false);
}
