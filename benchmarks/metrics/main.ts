// What each metric costs: 10,000 × 10 codes of 5 factors, in processor time.
//   pnpm bench:metrics [--json] [--only dci,mig]
import { randomStream } from '@factornet/core/training';
import { disentanglementMetrics, type FixedRepresentation } from '@factornet/metrics';
import Table from 'cli-table3';
import { Command } from 'commander';
import { descriptionOfMachine } from '../wasm/machine';

const EXAMPLES = 10_000;
const FACTOR_SIZES = [3, 6, 8, 8, 8];

const { json, only } = new Command('bench:metrics')
  .description('Processor time of each disentanglement metric on 10,000 × 10 codes of 5 factors')
  .option('--json', 'print one JSON object', false)
  .option('--only <names>', 'metrics to measure, separated by commas')
  .parse()
  .opts<{ json: boolean; only?: string }>();

const chosen = only?.split(',');
const metrics = disentanglementMetrics().filter(({ name }) => chosen === undefined || chosen.includes(name));
const representation = noisyCodes();
const machine = await descriptionOfMachine();
const rows: { metric: string; value: number; seconds: number }[] = [];
for (const metric of metrics) {
  process.stderr.write(`${metric.name} …\n`);
  const before = process.cpuUsage();
  const { value } = await metric.measure(representation, { seed: 0 });
  const { user, system } = process.cpuUsage(before);
  rows.push({ metric: metric.name, value, seconds: (user + system) / 1e6 });
}
const all = {
  dci: secondsOf(({ metric }) => metric === 'dci'),
  rest: secondsOf(({ metric }) => metric !== 'dci'),
};
if (json) process.stdout.write(`${JSON.stringify({ machine, rows, seconds: all })}\n`);
else process.stdout.write(`${render()}\n`);

/** Each factor, standardised, with noise of half its deviation, and as many codes of noise: all of them continuous. */
function noisyCodes(): FixedRepresentation {
  const stream = randomStream(0, 'bench-metrics');
  const factors = new Float64Array(EXAMPLES * FACTOR_SIZES.length);
  const columns = 2 * FACTOR_SIZES.length;
  const codes = new Float64Array(EXAMPLES * columns);
  for (let row = 0; row < EXAMPLES; row++) {
    for (const [factor, size] of FACTOR_SIZES.entries()) {
      const value = stream.integer(size);
      const standardised = (value - (size - 1) / 2) / Math.sqrt((size ** 2 - 1) / 12);
      factors[row * FACTOR_SIZES.length + factor] = value;
      codes[row * columns + factor] = standardised + 0.5 * stream.normal();
      codes[row * columns + FACTOR_SIZES.length + factor] = stream.normal();
    }
  }
  return {
    codes: { rows: EXAMPLES, columns, data: codes },
    factors: { rows: EXAMPLES, columns: FACTOR_SIZES.length, data: factors },
  };
}

function secondsOf(accept: (row: { metric: string }) => boolean): number {
  return rows.filter(accept).reduce((sum, { seconds }) => sum + seconds, 0);
}

function render(): string {
  const table = new Table({ head: ['metric', 'value', 'seconds'], style: { head: [], border: [] } });
  for (const { metric, value, seconds } of rows) table.push([metric, value.toFixed(3), seconds.toFixed(2)]);
  table.push(['all but dci (bar: 20)', '', all.rest.toFixed(2)], ['dci (bar: 120)', '', all.dci.toFixed(2)]);
  return table.toString();
}
