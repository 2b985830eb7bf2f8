import type { Command } from 'commander';
import { type Context, perform } from '../context';
import { nameList } from '../options/name-list';
import { helpExample } from './help-example';

export function defineMetrics(program: Command, context: Context): void {
  program
    .command('metrics')
    .description('measure how well codes tell factors of variation apart: MIG, SAP, DCI, …')
    .argument(
      '<file...>',
      'arrays codes [n, d] and factors [n, k] (whole numbers): a .npz, .csv or .json file, or codes.npy and factors.npy; ' +
        'columns of a .csv are codes0,codes1,…,factors0,…',
    )
    .option('--metric <list>', 'only these, e.g. mig,dci (default: all)', nameList)
    .addHelpText(
      'after',
      helpExample('factornet metrics codes.npz', 'factornet metrics codes.csv --metric mig,dci --json'),
    )
    .action(async (files: string[], _options: unknown, command: Command) => {
      const { measureCodes } = await import('../actions/measure-codes');
      await perform(context, command, measureCodes.bind(undefined, files));
    });
}
