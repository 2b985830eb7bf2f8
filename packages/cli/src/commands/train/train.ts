import { type Command, Option } from 'commander';
import { type Context, perform } from '../../context';
import { architectureOption } from '../../options/architecture';
import { helpExample } from '../../options/help-example';
import { fraction, integerList } from '../../options/parsers';
import { addDataOptions, addTrainingOptions } from '../../options/training-flags';

export function define(program: Command, context: Context): void {
  const command = program
    .command('train')
    .description('train a teacher: one network for all tasks of a dataset');
  addDataOptions(command, { out: 'where the teacher is written' })
    .option('--name <name>', "the teacher's name", 'teacher')
    .option('--task-name <name>', 'what the classes of an image folder are about', 'class')
    .addOption(architectureOption('arch', 'backbone'))
    .option('--filters <list>', 'filters per block (default: 32,64,128)', integerList);
  addTrainingOptions(command, {
    features: 'length of the feature vector before the logits',
    tap: "layers whose features the common network shall know (default: the backbone's last two maps, and its features)",
    usual: { features: '64', epochs: '10', batchSize: '64', learningRate: '0.002', optimizer: 'adam' },
  })
    .option('--augment', 'mirror and shift pictures at random', false)
    .addOption(new Option('--test-data <spec>', 'measure on these pictures').conflicts('holdout'))
    .option('--holdout <share>', 'measure on this share of --data (default: 0.2)', fraction)
    .addHelpText(
      'after',
      helpExample(
        'factornet train --data shapes:size=8000,seed=1 --out teacher --epochs 12',
        'factornet train --data pictures --out teacher --arch residual:filters=16+32+64,blocks-per-stage=3',
      ),
    )
    .action(async (_options: unknown, self: Command) => {
      const { trainTeacherFolder } = await import('./train-teacher-folder');
      await perform(context, self, trainTeacherFolder);
    });
}
