import type { Command } from 'commander';
import { type Context, perform } from '../../context';
import { helpExample } from '../../options/help-example';
import { packageHelp, registryOption } from '../../options/package-options';
import { limitOption } from '../../options/training-flags';
import { addBaselineOptions, type BaselineFlags, missingForBaselines } from './baseline-flags';

type ActionOptions = BaselineFlags & { bricks?: string; save: boolean };

export function define(program: Command, context: Context): void {
  const command = program
    .command('evaluate')
    .description('measure teacher, factors and their assembly: accuracy, ablations, leakage')
    .argument(
      '[package...]',
      'packages: one common network (or none: what the factors name) and its factors, unless --bricks is given',
    )
    .requiredOption('--teacher <dir>', 'folder that `factornet train` wrote')
    .requiredOption('--data <spec>', 'pictures that no network was trained on')
    .option('--bricks <dir>', 'folder that `factornet factorize` wrote')
    .option('--task-name <name>', "the task of an image folder's classes (default: the teacher's, or class)")
    .addOption(limitOption())
    .option('--html <file>', 'also write a self-contained report')
    .option('--title <text>', "the report's heading", 'Evaluation')
    .option('--save', "write what was measured into the factors' descriptions, for pack to publish", false)
    .addOption(registryOption());
  addBaselineOptions(command)
    .addHelpText('after', packageHelp)
    .addHelpText(
      'after',
      helpExample(
        'factornet evaluate --teacher teacher --bricks out --data shapes:size=2000,seed=2 --html report.html',
        'factornet evaluate --teacher teacher --bricks out --data shapes:size=2000,seed=2 --baselines --train-data shapes:size=8000,seed=1',
      ),
    )
    .action(async (packages: string[], options: ActionOptions, command: Command) => {
      if ((options.bricks === undefined) === (packages.length === 0)) {
        command.error('error: name either packages or the folder of a factorization with --bricks');
      }
      if (options.save && options.bricks === undefined) command.error('error: --save needs --bricks');
      const missing = missingForBaselines(options);
      if (missing !== undefined) command.error(`error: ${missing}`);
      const { evaluateNetworks } = await import('./evaluate-networks');
      await perform(context, command, evaluateNetworks.bind(undefined, packages));
    });
}
