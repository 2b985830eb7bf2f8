import type { Command } from 'commander';
import { type Context, perform } from '../../context';
import { addFromOption, DEFAULT_LOCKFILE, packageArgument } from '../../options/composition-flags';
import { helpExample } from '../../options/help-example';

export function define(program: Command, context: Context): void {
  addFromOption(
    program
      .command('lock')
      .description('pin a composition: versions and digests, which --frozen of assemble and predict holds to')
      .argument('<package...>', packageArgument),
  )
    .option('--multiple-trunks', 'allow several common networks', false)
    .option('--lockfile <file>', 'where to write it', DEFAULT_LOCKFILE)
    .addHelpText(
      'after',
      helpExample(
        'factornet lock @me/shapes-common @me/shapes-shape',
        'factornet predict @me/shapes-common @me/shapes-shape --frozen --image picture.png',
      ),
    )
    .action(async (packages: string[], _options: unknown, command: Command) => {
      const { lockPackages } = await import('./lock-packages');
      await perform(context, command, lockPackages.bind(undefined, packages));
    });
}
