import { namedBackbones } from '@factornet/zoo/named';
import { type Command, Option } from 'commander';
import { type Context, perform } from '../../context';
import { architectureOption, namesBackbone } from '../../options/architecture';
import { helpExample } from '../../options/help-example';
import { packageHelp, registryOption } from '../../options/package-options';
import { group, integerList, positive } from '../../options/parsers';
import { addDataOptions, addTrainingOptions } from '../../options/training-flags';

export function define(program: Command, context: Context): void {
  const command = program
    .command('factorize')
    .description(
      'take a teacher apart into a common-knowledge network and one factor per task;\n' +
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
    .option(
      '--common <name>',
      'backbone of the common network, as for --specific; with --task an existing network (its folder or a package), kept as it is',
    )
    .addOption(new Option('--task <name>', 'the task to add to --common').conflicts('group'))
    .addOption(architectureOption('specific', 'backbone of each task network'))
    .option(
      '--common-filters <list>',
      'filters per block of the common network (default: 16,32,64)',
      integerList,
    )
    .option(
      '--specific-filters <list>',
      'filters per block of each task network (default: 8,16,32)',
      integerList,
    )
    .addOption(
      new Option(
        '--fusion <type>',
        'how heads see z and t: z + t, or one behind the other (default: concatenate, or add where all are trained together)',
      ).choices(['add', 'concatenate', 'code-only']),
    )
    .addOption(registryOption())
    .addOption(
      new Option(
        '--stages <order>',
        'the common network first and then each factor, or all networks at once, as in the paper',
      )
        .choices(['separate', 'together'])
        .default('separate'),
    )
    .option('--alpha <weight>', 'weight of I(x; z) (default: 15, or 0.1 together)', positive({ zero: true }))
    .option(
      '--beta <weight>',
      'weight of I(x; t) of Gaussian codes (default: 0.15)',
      positive({ zero: true }),
    );
  addTrainingOptions(command, {
    features: 'length of z and of each t',
    defaultFeatures: 16,
    tap: "layers of the teacher to look at (default: the ones in the teacher's manifest)",
  })
    .addHelpText('after', packageHelp)
    .addHelpText(
      'after',
      helpExample(
        'factornet factorize --teacher teacher --data shapes:size=8000,seed=1 --out out',
        'factornet factorize --teacher teacher --data pictures --out out --common mobileNetV2:width=0.5,stem-stride=1',
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
