import { type Command, Option } from 'commander';
import { type Context, perform } from '../../context';
import { helpExample } from '../../options/help-example';
import { addPackOptions } from '../../options/pack-options';
import { positive } from '../../options/parsers';

export function define(program: Command, context: Context): void {
  const command = program
    .command('publish')
    .summary('verify packages and publish them with npm, the common network first')
    .description(
      'Verify packages and publish them with npm, the common network first; pack what is not packed yet. ' +
        'What the registry has already is skipped, so that a run that failed midway can be repeated.',
    )
    .argument('<dir...>', 'packages, or folders that `factornet factorize` wrote, with options of pack')
    .option('--tag <tag>', 'distribution tag, as for npm publish (default: latest)')
    .addOption(
      new Option(
        '--access <level>',
        'as for npm publish; scoped packages need public the first time',
      ).choices(['public', 'restricted']),
    )
    .option(
      '--provenance',
      'link packages to the public build that publishes them, as for npm publish',
      false,
    )
    .option('--otp <code>', 'one-time password, as for npm publish')
    .option(
      '--max-leakage <share>',
      'refuse factors that state to tell more about another task than this, or state nothing (0: chance, 1: what the teacher tells)',
      positive({ zero: true }),
    )
    .option('--max-leakage-probe <name>', 'whose figures count for --max-leakage (default: kernel)')
    .option('--dry-run', 'do everything but upload', false);
  addPackOptions(command, { required: false })
    .addHelpText(
      'after',
      helpExample(
        'factornet publish packages/shapes-* --access public --max-leakage 0.1',
        'factornet publish out --scope @me --name shapes --out packages --dtype float16 --dry-run',
      ),
    )
    .action(async (directories: string[], _options: unknown, self: Command) => {
      const { publishPackages } = await import('./publish-packages');
      await perform(context, self, publishPackages.bind(undefined, directories));
    });
}
