import type { Command } from 'commander';
import { type Context, perform } from '../../context';
import { helpExample } from '../../options/help-example';

export function define(program: Command, context: Context): void {
  program
    .command('doctor')
    .description('say which TensorFlow.js backends run here, and why the others do not')
    .addHelpText('after', helpExample('factornet doctor'))
    .action(async (_options: unknown, command: Command) => {
      const { diagnose } = await import('./diagnose');
      await perform(context, command, diagnose);
    });
}
