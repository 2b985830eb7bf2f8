import { type Command, Option } from 'commander';
import { type Context, perform } from '../../context';
import { helpExample } from '../../options/help-example';
import { packageHelp, registryOption } from '../../options/package-options';

export function define(program: Command, context: Context): void {
  program
    .command('add')
    .description(
      'plan an addition to the project at hand, ask, and install it with the package manager\n' +
        'of the project: factors, and the common network that suits them all',
    )
    .argument('<package...>', 'packages; a name alone is the latest on the registry')
    .option('--yes', 'do not ask', false)
    .option('--dry-run', 'only plan', false)
    .addOption(registryOption())
    .addOption(
      new Option('--manager <name>', "package manager (default: the project's)").choices([
        'npm',
        'pnpm',
        'yarn',
      ]),
    )
    .addHelpText('after', packageHelp)
    .addHelpText('after', helpExample('factornet add @me/shapes-shape @me/shapes-size@^1.2.0'))
    .action(async (packages: string[], _options: unknown, command: Command) => {
      const { addPackages } = await import('./add-packages');
      await perform(context, command, addPackages.bind(undefined, packages));
    });
}
