import { Command, Help, Option } from 'commander';
import { version } from '../package.json';
import type { Context } from './context';
import { exitCodeMeanings } from './exit-codes';
import { integer } from './options/parsers';

/** The flags of every command, in the order of `--help`; its work is loaded when it runs. */
const commands = () => [
  import('./commands/doctor/doctor'),
  import('./commands/train/train'),
  import('./commands/factorize/factorize'),
  import('./commands/pack/pack'),
  import('./commands/version/version'),
  import('./commands/publish/publish'),
  import('./commands/assemble/assemble'),
  import('./commands/predict/predict'),
  import('./commands/export/export'),
  import('./commands/lock/lock'),
  import('./commands/verify/verify'),
  import('./commands/plan/plan'),
  import('./commands/add/add'),
  import('./commands/list/list'),
  import('./commands/inspect/inspect'),
  import('./commands/evaluate/evaluate'),
  import('./commands/mi/mi'),
  import('./commands/metrics/metrics'),
];

/** Builds the command-line interface; nothing heavy is loaded before a command runs. */
export async function createProgram(
  context: Context,
  writeUsageError: (text: string) => void,
): Promise<Command> {
  const program = new Command('factornet')
    .description(
      'Takes a pretrained multi-task network apart into one common-knowledge network and one factor per task,\n' +
        'packs them as npm packages, and assembles any of them again without fine-tuning.',
    )
    // Not --version: `factornet pack --version 1.0.0` would print this one. run() maps a leading --version to it.
    .version(version, '-V', 'print the version, as --version does')
    .addOption(
      new Option('--backend <name>', 'TensorFlow.js backend')
        .choices(['auto', 'tensorflow', 'webgpu', 'wasm', 'cpu'])
        .default('auto'),
    )
    .option('--seed <integer>', 'seed of everything random', integer(), 0)
    .option('--json', 'print one JSON object on stdout; progress and logs go to stderr', false)
    .option('--verbose', 'show stacks of errors', false)
    .configureHelp({ showGlobalOptions: true, optionDescription })
    .configureOutput({
      writeOut: (text) => {
        context.io.stdout.write(text);
      },
      writeErr: writeUsageError,
    })
    .showHelpAfterError(whereHelpIs('factornet'))
    .exitOverride();
  for (const { define } of await Promise.all(commands())) define(program, context);
  for (const each of program.commands) each.showHelpAfterError(whereHelpIs(`factornet ${each.name()}`));
  const codes = Object.entries(exitCodeMeanings).map(([code, meaning]) => `  ${code.padEnd(5)}${meaning}`);
  return program.addHelpText(
    'after',
    [
      '',
      'Exit codes:',
      ...codes,
      '',
      'Example:',
      '  $ factornet train --data shapes:size=8000,seed=1 --out teacher',
      '  $ factornet factorize --teacher teacher --data shapes:size=8000,seed=1 --out out',
      '  $ factornet pack out --scope @me --name shapes --out packages',
      '  $ factornet assemble packages/shapes-*',
    ].join('\n'),
  );
}

/** What an option says in `--help`: the parser marks arguments that are required, but not options. */
function optionDescription(option: Option): string {
  const description = new Help().optionDescription(option);
  return option.mandatory ? `${description} (required)` : description;
}

function whereHelpIs(command: string): string {
  return `See ${command} --help for usage and an example.`;
}
