import type { Command } from 'commander';
import { type Context, perform } from '../../context';
import { addCompositionOptions, packageArgument } from '../../options/composition-flags';
import { helpExample } from '../../options/help-example';

export function define(program: Command, context: Context): void {
  addCompositionOptions(
    program
      .command('assemble')
      .description('show what packages would assemble to, and what stands in the way')
      .argument('<package...>', packageArgument),
  )
    .option('--check', 'also load every file and run a picture through the assembly', false)
    .addHelpText(
      'after',
      helpExample(
        'factornet assemble packages/shapes-* --check',
        'factornet assemble @me/shapes-common@^1.0.0 @me/shapes-size@^1.0.0 --from https://cdn.jsdelivr.net/npm/',
      ),
    )
    .action(async (packages: string[], _options: unknown, command: Command) => {
      const { assemblePackages } = await import('./assemble-packages');
      await perform(context, command, assemblePackages.bind(undefined, packages));
    });
}
