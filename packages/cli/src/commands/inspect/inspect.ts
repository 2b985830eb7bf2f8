import type { Command } from 'commander';
import { type Context, perform } from '../../context';
import { helpExample } from '../../options/help-example';
import { packageHelp, registryOption } from '../../options/package-options';

export function define(program: Command, context: Context): void {
  program
    .command('inspect')
    .description(
      "show what a teacher, a network, a factorization or a package says about itself, and check its files' digests",
    )
    .argument(
      '<what>',
      'folder with teacher.json or brick.json, the one that `factornet factorize` wrote, or a package',
    )
    .addOption(registryOption())
    .addHelpText('after', packageHelp)
    .addHelpText('after', helpExample('factornet inspect out', 'factornet inspect out/factors/shape'))
    .action(async (what: string, _options: unknown, command: Command) => {
      const { inspect } = await import('./inspect-folder');
      await perform(context, command, inspect.bind(undefined, what));
    });
}
