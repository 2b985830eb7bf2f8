import { resolveCommand } from 'package-manager-detector';
import type { PlannedPackage } from '../addition/addition-plan';
import type { Manager } from './detect-manager';

/**
 * The commands that put a project back as it was before packages were added: what is new is removed, what was
 * exchanged is asked for again. Each is a program and its arguments. Pure.
 *
 * @example
 * undoCommands('npm', plan.packages); // [['npm', 'uninstall', '@scope/shape']]
 */
export function undoCommands(
  manager: Manager,
  packages: readonly Pick<PlannedPackage, 'name' | 'step' | 'from'>[],
): string[][] {
  const added = packages.filter(({ step }) => step === 'install' || step === 'list').map(({ name }) => name);
  const before = packages.flatMap(({ name, from }) => (from === undefined ? [] : [`${name}@${from}`]));
  return [
    ...(added.length === 0 ? [] : [words(manager, 'uninstall', added)]),
    ...(before.length === 0 ? [] : [words(manager, 'add', before)]),
  ];
}

function words(manager: Manager, what: 'uninstall' | 'add', names: string[]): string[] {
  const resolved = resolveCommand(manager, what, names);
  return resolved === null ? [manager, what, ...names] : [resolved.command, ...resolved.args];
}
