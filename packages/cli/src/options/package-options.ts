import { packageForms } from '@factornet/registry/specifier';
import { Option } from 'commander';

/** Where names of packages are asked for. */
export function registryOption(): Option {
  return new Option('--registry <url>', 'registry to ask (default: the one that npm is set to)');
}

/** Behind the options of every command that takes packages, in arguments or options. */
export const packageHelp = `\nA package is ${packageForms}.`;
