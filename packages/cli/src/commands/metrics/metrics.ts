import type { Command } from 'commander';
import { type Context, perform } from '../../context';
import { helpExample } from '../../options/help-example';
import { codeBlocks } from './code-blocks';
import { nameList } from './name-list';

export function define(program: Command, context: Context): void {
  program
    .command('metrics')
    .summary('measure how well codes tell factors of variation apart: MIG, SAP, DCI, …')
    .description(
      'Measure how well codes tell factors of variation apart: MIG, SAP, DCI, FactorVAE, β-VAE, and others.',
    )
    .argument(
      '<file...>',
      'arrays codes [n, d] and factors [n, k] (whole numbers): a .npz, .csv or .json file, or codes.npy and factors.npy; ' +
        'columns of a .csv are codes0,codes1,…,factors0,…',
    )
    .option('--metric <list>', 'only these, e.g. mig,dci (default: all)', nameList)
    .option(
      '--blocks <list>',
      'codes that belong together, e.g. z=0-15,shape=16-19: adds the metrics of blocks, block-mig, block-sap, …',
      codeBlocks,
    )
    .option(
      '--groups <array>',
      'the array, or column, with one number per row that is the same in rows of one source, e.g. frames of a film: they ' +
        'are not parted into what metrics learn from and are tested on',
    )
    .addHelpText(
      'after',
      helpExample(
        'factornet metrics codes.npz',
        'factornet metrics codes.csv --metric mig,dci --json',
        'factornet metrics codes.npz --metric block --blocks z=0-15,shape=16-19,hue=20-23',
      ),
    )
    .action(async (files: string[], _options: unknown, command: Command) => {
      const { measureCodes } = await import('./measure-codes');
      await perform(context, command, measureCodes.bind(undefined, files));
    });
}
