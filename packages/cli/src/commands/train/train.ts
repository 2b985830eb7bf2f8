import { type Command, Option } from 'commander';
import { type Context, perform } from '../../context';
import { helpExample } from '../../options/help-example';
import { fraction, integer, integerList, positive } from '../../options/parsers';
import { poolingOption } from '../../options/pooling-option';
import { workersOption } from '../../options/workers-option';

export function define(program: Command, context: Context): void {
  program
    .command('train')
    .description('train a teacher: one network for all tasks of a dataset')
    .requiredOption(
      '--data <spec>',
      'shapes, shapes:size=8000,seed=1,noise=0.05, or an image folder or tar file',
    )
    .requiredOption('--out <dir>', 'where the teacher is written')
    .option('--name <name>', "the teacher's name", 'teacher')
    .option('--task-name <name>', 'what the classes of an image folder are about', 'class')
    .option('--limit <count>', 'use only so many examples, each class in proportion', integer(1))
    .addOption(
      new Option('--arch <name>', 'backbone').choices(['convolutional', 'residual']).default('convolutional'),
    )
    .option('--filters <list>', 'filters per block', integerList, [32, 64, 128])
    .addOption(poolingOption())
    .option('--features <count>', 'length of the feature vector before the logits', integer(1), 64)
    .option('--epochs <count>', 'passes over the data', integer(1), 10)
    .option('--batch-size <count>', 'examples per step', integer(2), 64)
    .addOption(workersOption())
    .option('--learning-rate <rate>', "Adam's learning rate", positive(), 2e-3)
    .option('--augment', 'mirror and shift pictures at random', false)
    .addOption(new Option('--test-data <spec>', 'measure on these pictures').conflicts('holdout'))
    .option('--holdout <share>', 'measure on this share of --data (default: 0.2)', fraction)
    .option(
      '--tap <layer...>',
      'layers whose features the common network shall know (default: the feature vector)',
    )
    .option('--force', 'replace what an earlier run finished in --out', false)
    .addHelpText(
      'after',
      helpExample('factornet train --data shapes:size=8000,seed=1 --out teacher --epochs 12'),
    )
    .action(async (_options: unknown, command: Command) => {
      const { trainTeacherFolder } = await import('./train-teacher-folder');
      await perform(context, command, trainTeacherFolder);
    });
}
