import { Command, Option } from 'commander';
import { version } from '../package.json';
import { defineAdd } from './commands/add/add';
import { defineAssemble } from './commands/assemble/assemble';
import { defineDoctor } from './commands/doctor/doctor';
import { defineEvaluate } from './commands/evaluate/evaluate';
import { defineExport } from './commands/export/export';
import { defineFactorize } from './commands/factorize/factorize';
import { defineInspect } from './commands/inspect/inspect';
import { defineList } from './commands/list/list';
import { defineLock } from './commands/lock/lock';
import { defineMetrics } from './commands/metrics/metrics';
import { defineMi } from './commands/mi/mi';
import { definePack } from './commands/pack/pack';
import { definePlan } from './commands/plan/plan';
import { definePredict } from './commands/predict/predict';
import { definePublish } from './commands/publish/publish';
import { defineTrain } from './commands/train/train';
import { defineVerify } from './commands/verify/verify';
import { defineVersion } from './commands/version/version';
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
