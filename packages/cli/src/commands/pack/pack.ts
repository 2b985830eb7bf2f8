import type { Command } from 'commander';
import { type Context, perform } from '../../context';
import { helpExample } from '../../options/help-example';
import { addPackOptions } from '../../options/pack-options';

export function define(program: Command, context: Context): void {
  const command = program
    .command('pack')
    .description('write a common-knowledge network and its factors as npm packages, with tarballs')
    .argument('<dir>', 'folder that `factornet factorize` wrote, or the folder of one of its networks');
  addPackOptions(command, { required: true })
    .option('--no-tarball', 'write folders only')
    .addHelpText(
      'after',
      helpExample(
        'factornet pack out --scope @me --name shapes --out packages',
        'factornet pack out --scope @me --name shapes --out packages --dtype float16 --data shapes:size=2000,seed=2',
        'factornet pack out --scope @me --name shapes --out packages --previous @me/shapes-common@1.0.0',
      ),
    )
    .action(async (directory: string, _options: unknown, self: Command) => {
      const { packFolder } = await import('./pack-folder');
      await perform(context, self, packFolder.bind(undefined, directory));
    });
}
