import type { Command } from 'commander';
import { type Context, perform } from '../../context';
import { byteSize } from '../../options/byte-size';
import { helpExample } from '../../options/help-example';
import { packageHelp, registryOption } from '../../options/package-options';
import { taskList } from './task-list';

export function define(program: Command, context: Context): void {
  program
    .command('plan')
    .description('choose the best factors for tasks among published ones, within a budget; installs nothing')
    .argument(
      '[candidate...]',
      'packages to choose among; a name alone is all versions on the registry (default: what a search finds)',
    )
    .requiredOption('--tasks <list>', 'tasks to do, e.g. shape,object-hue', taskList)
    .option('--max-bytes <size>', 'most that model files may have together, e.g. 6MB or 6MiB', byteSize)
    .option('--scope <scope>', 'search this npm scope, e.g. @me')
    .addOption(registryOption())
    .addHelpText('after', packageHelp)
    .addHelpText('after', helpExample('factornet plan --tasks shape,size --max-bytes 6MB --scope @me'))
    .action(async (candidates: string[], _options: unknown, command: Command) => {
      const { planPackages } = await import('./plan-packages');
      await perform(context, command, planPackages.bind(undefined, candidates));
    });
}
