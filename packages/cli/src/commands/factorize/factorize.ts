import { type Command, Option } from 'commander';
import { type Context, perform } from '../../context';
import { helpExample } from '../../options/help-example';
import { group, integer, integerList, positive } from '../../options/parsers';
import { poolingOption } from '../../options/pooling-option';
import { workersOption } from '../../options/workers-option';

export function define(program: Command, context: Context): void {
  program
    .command('factorize')
    .description(
      'take a teacher apart into a common-knowledge network and one factor per task;\n' +
        'with --common and --task, train one more factor for an existing network',
    )
    .requiredOption('--data <spec>', 'shapes, shapes:size=8000,seed=1, or an image folder or tar file')
    .requiredOption('--out <dir>', 'where common/, factors/<task>/ and history.json are written')
    .option('--teacher <dir>', 'folder that `factornet train` wrote (optional with --common)')
    .addOption(
      new Option('--group <name=classes>', 'a factor for some classes of a task; repeatable').argParser(
        group,
      ),
    )
    .option(
      '--group-task <name>',
      "task of the teacher that --group divides (default: the teacher's only one)",
    )
    .option('--task-name <name>', "the task of an image folder's classes (default: the teacher's, or class)")
    .option('--limit <count>', 'use only so many examples, each class in proportion', integer(1))
    .option('--common <dir>', 'an existing common-knowledge network (folder or package), kept as it is')
    .addOption(new Option('--task <name>', 'the task to add to --common').conflicts('group'))
    .option('--common-filters <list>', 'filters per block of the common network', integerList, [16, 32, 64])
    .option('--specific-filters <list>', 'filters per block of each task network', integerList, [8, 16, 32])
    .addOption(poolingOption())
    .option('--features <count>', 'length of z and of each t', integer(1), 16)
    .option('--alpha <weight>', 'weight of I(x; z) (default: 0.1)', positive({ zero: true }))
    .option('--beta <weight>', 'weight of I(x; t) (default: 0.15)', positive({ zero: true }))
    .option('--epochs <count>', 'passes over the data', integer(1), 10)
    .option('--batch-size <count>', 'examples per step', integer(2), 64)
    .addOption(workersOption())
    .option('--learning-rate <rate>', "Adam's learning rate", positive(), 2e-3)
    .option(
      '--tap <layer...>',
      "layers of the teacher to look at (default: the ones in the teacher's manifest)",
    )
    .option('--force', 'replace what an earlier run finished in --out', false)
    .addHelpText(
      'after',
      helpExample('factornet factorize --teacher teacher --data shapes:size=8000,seed=1 --out out'),
    )
    .action(async (options: { common?: string; task?: string; teacher?: string }, command: Command) => {
      if ((options.common === undefined) !== (options.task === undefined)) {
        command.error('error: --common and --task go together: the network to extend, and the task to add');
      }
      if (options.common === undefined) {
        if (options.teacher === undefined)
          command.error("error: required option '--teacher <dir>' not specified");
        const { factorizeTeacher } = await import('./factorize-teacher');
        await perform(context, command, factorizeTeacher);
      } else {
        const { addFactor } = await import('./add-factor');
        await perform(context, command, addFactor);
      }
    });
}
