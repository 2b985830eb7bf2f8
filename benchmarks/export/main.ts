// An assembly exported as one model: its speed with normalization folded into convolutions, and without.
//   pnpm bench:export [--json] [--quick] [--only <case>]
import { useBackend } from '@factornet/core';
import { Command, Option } from 'commander';
import { descriptionOfMachine } from '../wasm/machine';
import { type CaseName, caseNames, cases } from './cases';
import { type ExportFigures, measureExport } from './measure-export';
import { renderReport } from './report';

const { json, quick, only } = new Command('bench:export')
  .description('An assembly exported as one model, folded and unfolded, on WASM')
  .option('--json', 'print one JSON object', false)
  .option('--quick', 'fewer repeats: half a minute', false)
  .addOption(new Option('--only <case>', 'measure one case').choices(caseNames))
  .parse()
  .opts<{ json: boolean; quick: boolean; only?: CaseName }>();

const repeats = quick ? { atLeast: 5, atMost: 15, seconds: 2 } : { atLeast: 15, atMost: 201, seconds: 15 };
const startedAt = performance.now();
await useBackend('wasm');
const machine = await descriptionOfMachine();
const figures: Partial<Record<CaseName, ExportFigures>> = {};
for (const name of caseNames.filter((each) => only === undefined || only === each)) {
  process.stderr.write(`${name}\n`);
  figures[name] = await measureExport(cases[name], [1, 32], repeats);
}
const report = { machine, quick, seconds: (performance.now() - startedAt) / 1000, figures };
process.stdout.write(`${json ? JSON.stringify(report) : renderReport(report)}\n`);
