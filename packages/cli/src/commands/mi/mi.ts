import { type Command, Option } from 'commander';
import { type Context, perform } from '../../context';
import { helpExample } from '../../options/help-example';
import { integer, integerList, positive } from '../../options/parsers';
import { plugInList } from '../../options/plug-in-list';

export function define(program: Command, context: Context): void {
  program
    .command('mi')
    .summary('estimate the mutual information of paired samples, in nats')
    .description(
      'Estimate the mutual information I(x; y) of paired samples, in nats. Bounds train a critic on one part of them ' +
        'and are read on the other.',
    )
    .argument(
      '<file...>',
      'arrays x [n, dx] and y [n, dy]: a .npz, .csv or .json file, or x.npy and y.npy; columns of a .csv are x0,x1,…,y0,…',
    )
    .option(
      '--estimator <list>',
      'dv, mine, nwj, tuba, jsd, infonce, interpolated, smile (bounds by a critic); club, clubsample, vclub, l1out (by a ' +
        'learned density); ksg, gaussian-copula, histogram, plug-in (by samples); ross (y is a label); with parameters as in ' +
        'smile:tau=5 or ksg:k=3,type=2 (default: infonce,smile,ksg)',
      plugInList,
    )
    .addOption(
      new Option('--critic <name>', 'what scores pairs, for bounds by a critic (default: separable)').choices(
        ['separable', 'joint', 'bilinear', 'cosine'],
      ),
    )
    .option('--hidden <list>', 'units of its hidden layers (default: 64,64)', integerList)
    .addOption(
      new Option(
        '--transform <name>',
        'what is done to columns first (default: rank-normal; labels stay as they are)',
      ).choices(['rank-normal', 'standardise', 'none']),
    )
    .option('--steps <count>', 'steps of training, at most (default: 1000)', integer(1))
    .option('--batch-size <count>', 'pairs per step of training (default: 128)', integer(2))
    .option(
      '--evaluation-batch-size <count>',
      'pairs per held-out batch, whose logarithm caps infonce (default: as for training)',
      integer(2),
    )
    .option('--learning-rate <rate>', "Adam's learning rate (default: 1e-3)", positive())
    .option(
      '--groups <array>',
      'the array, or column, with one number per row that is the same in rows of one source, e.g. frames of a film: they ' +
        'are never on two sides of a split',
    )
    .addHelpText(
      'after',
      helpExample(
        'factornet mi samples.npz --estimator infonce,smile,ksg',
        'factornet mi samples.csv --estimator smile:tau=5,ksg:k=3,type=2 --critic joint --json',
        'factornet mi frames.csv --groups film',
      ),
    )
    .action(async (files: string[], options: { critic?: string; hidden?: unknown }, command: Command) => {
      if (options.critic === 'bilinear' && options.hidden !== undefined) {
        command.error('error: --hidden does not go with --critic bilinear, which has no hidden layer');
      }
      const { estimateInformation } = await import('./estimate-information');
      await perform(context, command, estimateInformation.bind(undefined, files));
    });
}
