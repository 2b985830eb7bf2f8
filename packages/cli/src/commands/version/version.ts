import type { Command } from 'commander';
import { type Context, perform } from '../../context';
import { helpExample } from '../../options/help-example';
import { dtypeOption, toleranceOption } from '../../options/pack-options';

export function define(program: Command, context: Context): void {
  program
    .command('version')
    .summary('measure which release a new common-knowledge network is: patch, minor or major')
    .description(
      'Measure which release of a published common-knowledge network a new one is: patch, minor or major, ' +
        'by how far its features drifted on the golden probes of the published one.',
    )
    .argument('<dir>', 'folder that `factornet factorize` wrote, or the folder of its common network')
    .requiredOption(
      '--published <package>',
      'the published package: its folder, its installed name, or name@version on the registry',
    )
    .addOption(dtypeOption())
    .addOption(toleranceOption())
    .option('--registry <url>', 'registry to use in place of the one npm is set to')
    .addHelpText('after', helpExample('factornet version out --published @me/shapes-common@latest'))
    .action(async (directory: string, _options: unknown, command: Command) => {
      const { measureRelease } = await import('./measure-release');
      await perform(context, command, measureRelease.bind(undefined, directory));
    });
}
