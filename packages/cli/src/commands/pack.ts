import type { Command } from 'commander';
import { type Context, perform } from '../context';
import { helpExample } from './help-example';

export function definePack(program: Command, context: Context): void {
  program
    .command('pack')
    .description('write a common-knowledge network and its factors as npm packages, with tarballs')
    .argument('<dir>', 'folder that `factornet factorize` wrote, or the folder of one of its networks')
    .requiredOption('--name <name>', 'packages are named NAME-common and NAME-<task>')
    .requiredOption('--out <dir>', 'where package folders and tarballs/ are written')
    .option('--scope <scope>', 'npm scope, e.g. @me')
    .option('--version <version>', 'version of every package', '1.0.0')
    .option('--common-range <range>', 'common-network versions that factors work with (default: its major)')
    .option(
      '--common-package <package>',
      'for the folder of one factor: the package it was made for, its folder or its installed name',
    )
    .option('--license <id>', 'SPDX identifier for package.json')
    .option('--no-tarball', 'write folders only')
    .addHelpText('after', helpExample('factornet pack out --scope @me --name shapes --out packages'))
    .action(async (directory: string, _options: unknown, command: Command) => {
      const { packFolder } = await import('../actions/pack-folder');
      await perform(context, command, packFolder.bind(undefined, directory));
    });
}
