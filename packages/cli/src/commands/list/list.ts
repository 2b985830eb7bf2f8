import type { Command } from 'commander';
import { type Context, perform } from '../../context';
import { helpExample } from '../../options/help-example';

export function define(program: Command, context: Context): void {
  program
    .command('list')
    .description(
      'show what the project at hand can do: tasks, classes, versions, and what does not fit together',
    )
    .argument('[dir]', 'folder of the project', '.')
    .addHelpText('after', helpExample('factornet list'))
    .action(async (directory: string, _options: unknown, command: Command) => {
      const { listProject } = await import('./list-project');
      await perform(context, command, () => listProject(directory));
    });
}
