import type { Command } from 'commander';
import { type Context, perform } from '../../context';
import { helpExample } from '../../options/help-example';
import { dtypeOption, toleranceOption } from '../../options/pack-options';
import { packageHelp, registryOption } from '../../options/package-options';

export function define(program: Command, context: Context): void {
  program
    .command('version')
    .summary('measure which release a new common-knowledge network is: patch, minor or major')
    .description(
      'Measure which release of a published common-knowledge network a new one is: patch, minor or major, ' +
        'by how far its features drifted on the golden probes of the published one.',
    )
    .argument(
      '<dir>',
      'folder that `factornet factorize` wrote, the folder of its common network, or a package',
    )
    .requiredOption('--published <package>', 'the published package')
    .addOption(dtypeOption())
    .addOption(toleranceOption())
    .addOption(registryOption())
    .addHelpText('after', packageHelp)
    .addHelpText('after', helpExample('factornet version out --published @me/shapes-common@latest'))
    .action(async (directory: string, _options: unknown, command: Command) => {
      const { measureRelease } = await import('./measure-release');
      await perform(context, command, measureRelease.bind(undefined, directory));
    });
}
