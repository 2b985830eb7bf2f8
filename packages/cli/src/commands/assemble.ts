import type { Command } from 'commander';
import { type Context, perform } from '../context';
import { helpExample } from './help-example';

export function defineAssemble(program: Command, context: Context): void {
  program
    .command('assemble')
    .description('show what packages would assemble to, and what stands in the way')
    .argument('<package...>', 'package folders or installed names: one common network and its factors')
    .option('--check', 'also load every file and run a picture through the assembly', false)
    .addHelpText('after', helpExample('factornet assemble packages/shapes-* --check'))
    .action(async (packages: string[], _options: unknown, command: Command) => {
      const { assemblePackages } = await import('../actions/assemble-packages');
      await perform(context, command, assemblePackages.bind(undefined, packages));
    });
}
