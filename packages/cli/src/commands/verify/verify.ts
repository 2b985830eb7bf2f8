import type { Command } from 'commander';
import { type Context, perform } from '../../context';
import { byteSize } from '../../options/byte-size';
import { helpExample } from '../../options/help-example';
import { packageHelp, registryOption } from '../../options/package-options';
import { positive } from '../../options/parsers';

export function define(program: Command, context: Context): void {
  program
    .command('verify')
    .summary('check packages of knowledge: schema, digests, models, golden probes')
    .description(
      'Check packages of knowledge without running any of their code: what is in the folder and in package.json, ' +
        'the manifest, digests, models, and golden probes on this machine’s backend.',
    )
    .argument('[package...]', 'packages; without any, every package of knowledge that the project depends on')
    .option('--common <package>', 'check factors with this common network, not the one that is found')
    .option('--no-probes', 'run no model')
    .option('--probe-seconds <n>', 'what golden probes of one package may take (default: 120)', positive())
    .option('--max-bytes <size>', 'what a package may have, e.g. 80MB (default: 50MB)', byteSize)
    .addOption(registryOption())
    .addHelpText('after', packageHelp)
    .addHelpText(
      'after',
      helpExample('factornet verify', 'factornet verify packages/shapes-* --backend wasm'),
    )
    .action(async (packages: string[], _options: unknown, command: Command) => {
      const { verifyPackages } = await import('./verify-packages');
      await perform(context, command, verifyPackages.bind(undefined, packages));
    });
}
