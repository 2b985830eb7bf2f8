import type { Command } from 'commander';
import { type Context, perform } from '../../context';
import { helpExample } from '../../options/help-example';

export function define(program: Command, context: Context): void {
  program
    .command('inspect')
    .description(
      "show what a teacher, a network, a factorization or a package says about itself, and check its files' digests",
    )
    .argument(
      '<dir>',
      'folder with teacher.json, brick.json or package.json, or the one that `factornet factorize` wrote',
    )
    .addHelpText('after', helpExample('factornet inspect out', 'factornet inspect out/factors/shape'))
    .action(async (directory: string, _options: unknown, command: Command) => {
      const { inspectFolder } = await import('./inspect-folder');
      await perform(context, command, () => inspectFolder(directory));
    });
}
