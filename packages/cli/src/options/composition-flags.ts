import type { Command } from 'commander';
import { packageHelp, registryOption } from './package-options';

/** Options of commands that compose packages. */
export interface CompositionFlags {
  readonly from?: string;
  readonly registry?: string;
  readonly multipleTrunks: boolean;
  readonly joint?: string;
  readonly frozen: boolean;
  readonly lockfile: string;
  readonly verify: boolean;
}

export const DEFAULT_LOCKFILE = 'factornet.lock.json';

/** What packages of a composition are. */
export const packageArgument =
  'packages: one common network (or none: what the factors name) and its factors';

/** Where packages are looked up that are given by name, of every command that composes some. */
export function addFromOption(command: Command): Command {
  return command
    .option(
      '--from <base>',
      'where packages lie that are given by name: a CDN, as BASE/NAME@RANGE/, or a folder (default: what is installed here, else the registry for a version, range or tag)',
    )
    .addOption(registryOption())
    .addHelpText('after', packageHelp);
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
