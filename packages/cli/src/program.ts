import { Command, Option } from 'commander';
import { version } from '../package.json';
import { defineAdd } from './commands/add';
import { defineAssemble } from './commands/assemble';
import { defineDoctor } from './commands/doctor';
import { defineEvaluate } from './commands/evaluate';
import { defineExport } from './commands/export';
import { defineFactorize } from './commands/factorize';
import { defineInspect } from './commands/inspect';
import { defineList } from './commands/list';
import { defineLock } from './commands/lock';
import { defineMetrics } from './commands/metrics';
import { defineMi } from './commands/mi';
import { definePack } from './commands/pack';
import { definePlan } from './commands/plan';
import { definePredict } from './commands/predict';
import { definePublish } from './commands/publish';
import { defineTrain } from './commands/train';
import { defineVerify } from './commands/verify';
import { defineVersion } from './commands/version';
import type { Context } from './context';
import { exitCodeMeanings } from './exit-codes';
import { integer } from './options/parsers';

/** Builds the command-line interface; nothing heavy is loaded before a command runs. */
export function createProgram(context: Context, writeUsageError: (text: string) => void): Command {
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
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: (text) => {
        context.io.stdout.write(text);
      },
      writeErr: writeUsageError,
    })
    .showHelpAfterError('(add --help for usage and an example)')
    .exitOverride();
  for (const define of [
    defineDoctor,
    defineTrain,
    defineFactorize,
    definePack,
    defineVersion,
    definePublish,
    defineAssemble,
    definePredict,
    defineExport,
    defineLock,
    defineVerify,
    definePlan,
    defineAdd,
    defineList,
    defineInspect,
    defineEvaluate,
    defineMi,
    defineMetrics,
  ]) {
    define(program, context);
  }
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
