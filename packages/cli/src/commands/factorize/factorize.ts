import { namedBackbones } from '@factornet/zoo/named';
import { type Command, Option } from 'commander';
import { type Context, perform } from '../../context';
import { namesBackbone } from '../../options/architecture';
import { helpExample } from '../../options/help-example';
import { packageHelp, registryOption } from '../../options/package-options';
import { fraction, group, integerList, mapNames, positive } from '../../options/parsers';
import { plugIn } from '../../options/plug-in-list';
import { specificOption } from '../../options/readings';
import { addDataOptions, addTrainingOptions } from '../../options/training-flags';

export function define(program: Command, context: Context): void {
  const command = program
    .command('factorize')
    .description(
      'take a teacher apart into a common-knowledge network and one factor per task: the common network first,\n' +
        'which is then frozen, and each factor on it, or all of them together;\n' +
        'with --common and --task, train one more factor for an existing network',
    );
  addDataOptions(command, {
    out: 'where common/, factors/<task>/, history.json and findings.json are written',
  })
    .option('--teacher <dir>', 'folder that `factornet train` wrote (required unless there is --task)')
    .addOption(
      new Option('--group <name=classes>', 'a factor for some classes of a task; repeatable').argParser(
        group,
      ),
    )
    .option(
      '--group-task <name>',
      "task of the teacher that --group divides (default: the teacher's only one)",
    )
    .option(
      '--calibration <spec>',
      'pictures that no network sees, a thousand or more, to fit how sure factors for parts of one task are together (default: the teacher says, of the --data)',
    )
    .option('--task-name <name>', "the task of an image folder's classes (default: the teacher's, or class)")
    .addOption(
      new Option('--stages <how>', 'train the common network first and each factor on it, or all at once')
        .choices(['separate', 'together'])
        .default('separate')
        .conflicts('task'),
    )
    .option(
      '--common <name>',
      'backbone of the common network, as for --specific; with --task an existing network (its folder or a package), kept as it is',
    )
    .addOption(new Option('--task <name>', 'the task to add to --common').conflicts('group'))
    .addOption(
      new Option(
        '--maps <names>',
        'maps of the common network that factors may read, or none (default: the one before its last, and those that --specific names; with --stages together only those)',
      )
        .argParser(mapNames)
        .conflicts('task'),
    )
    .addOption(specificOption())
    .option(
      '--common-filters <list>',
      'filters per block of the common network (default: 24,48,40; together 16,32,64)',
      integerList,
    )
    .option(
      '--specific-filters <list>',
      'filters per block of each task network (default: a third of the channels of the map that is read; of the picture 8,16,32)',
      integerList,
    )
    .addOption(
      new Option(
        '--fusion <type>',
        'how heads see z and t: z + t, one behind the other, or t alone (default: concatenate; together add)',
      ).choices(['add', 'concatenate', 'code-only']),
    )
    .option(
      '--hidden <list>',
      'units of hidden layers of heads, or none for linear ones (default: 32; together none)',
      (text: string) => (text === 'none' ? [] : integerList(text)),
    )
    .option(
      '--code <type>',
      'what t is: categorical (scale), one of as many values as the task has classes; deterministic; or gaussian (ships) ' +
        '(default: categorical:scale=15, of tasks that are no classification deterministic; together gaussian:ships=mean)',
      (text: string) => plugIn(text, 'NAME or NAME:OPTION=VALUE,… such as gaussian:ships=sample'),
    )
    .addOption(registryOption())
    .addOption(
      new Option('--alpha <weight>', 'weight of I(x; z) (default: 15, by regression; together 0.1)')
        .argParser(positive({ zero: true }))
        .conflicts('task'),
    )
    .option(
      '--beta <weight>',
      'weight of I(x; t) of a gaussian code (default: 0.15)',
      positive({ zero: true }),
    )
    .addOption(
      new Option(
        '--floor <share>',
        'what a gaussian code may tell freely, as a share of H(y) (default: 1; together 0)',
      )
        .argParser(positive({ zero: true }))
        .conflicts('rate'),
    )
    .option(
      '--rate <share>',
      'in place of a weight that stays: what a gaussian code is to tell, as a share of H(y)',
      positive(),
    )
    .option(
      '--warm-up <share>',
      'share of the steps over which --beta grows to its weight (default: 0)',
      fraction,
    );
  addTrainingOptions(command, {
    features: 'length of z, and of what a backbone makes of the picture',
    usual: {
      features: '96; together 16',
      epochs: '8 of each network; together 10',
      batchSize: '32; together 64',
      learningRate: '0.016; together 0.002',
      optimizer: 'adamW:weightDecay=0.01; together adam',
    },
    tap: "layers of the teacher to look at (default: the ones in the teacher's manifest)",
  })
    .addHelpText('after', packageHelp)
    .addHelpText(
      'after',
      helpExample(
        'factornet factorize --teacher teacher --data shapes:size=8000,seed=1 --out out',
        'factornet factorize --teacher teacher --data pictures --out out --common mobileNetV2:width=0.5,stem-stride=1',
        'factornet factorize --teacher teacher --data pictures --out out --specific block-2=convolutional:filters=12 --specific picture=residual:filters=8+16',
      ),
    )
    .action(async (options: { common?: string; task?: string; teacher?: string }, self: Command) => {
      const { common, task, teacher } = options;
      if (task === undefined ? common !== undefined && !namesBackbone(common) : common === undefined) {
        self.error(
          'error: --common and --task go together: the network to extend, and the task to add; ' +
            `without --task, --common is a backbone of the zoo: ${namedBackbones.map(({ name }) => name).join(', ')}`,
        );
      }
      if (task === undefined) {
        if (teacher === undefined) self.error("error: required option '--teacher <dir>' not specified");
        const { factorizeTeacher } = await import('./factorize-teacher');
        await perform(context, self, factorizeTeacher);
      } else {
        const { addFactor } = await import('./add-factor');
        await perform(context, self, addFactor);
      }
    });
}
