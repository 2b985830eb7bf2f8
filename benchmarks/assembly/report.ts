import Table from 'cli-table3';
import type { Machine } from '../wasm/machine';
import { type CaseName, cases } from './cases';
import type { LoadingFigures } from './loading';
import type { PredictingFigures } from './predicting';

/** What `--json` prints. */
export interface AssemblyReport {
  readonly machine: Machine;
  /** Whether few repeats were made; such figures are noisier. */
  readonly quick: boolean;
  readonly seconds: number;
  readonly figures: Readonly<Partial<Record<CaseName, CaseFigures>>>;
}

export interface CaseFigures {
  /** Of all weight files. */
  readonly weightBytes: number;
  readonly loading: LoadingFigures;
  /** By pictures in a batch. */
  readonly predicting: Readonly<Record<string, PredictingFigures>>;
}

export const bars = { loading: 1.3, predicting: 1.1 } as const;

/** The report as a table: figures against the bars they have to keep under. */
export function renderReport({ machine, quick, seconds, figures }: AssemblyReport): string {
  const table = new Table({
    head: ['networks', 'figure', 'value', 'bar', 'met', 'medians in ms'],
    style: { head: [], border: [] },
  });
  for (const [name, { loading, predicting }] of Object.entries(figures)) {
    const row = (figure: string, value: number, bar: number | undefined, milliseconds: object) =>
      table.push([name, figure, value.toFixed(2), ...verdict(value, bar), medians(milliseconds)]);
    row('load: ÷ tf.loadLayersModel', loading.overPlainLoading, bars.loading, loading.milliseconds);
    row('load: ÷ that, read synchronously', loading.overSynchronousLoading, undefined, {});
    row('load: ÷ 10 separate networks', loading.overSeparateNetworks, undefined, {});
    for (const [batch, figure] of Object.entries(predicting)) {
      const what = `predict ${batch}:`;
      row(`${what} ÷ (CKN + 10 TSN with heads)`, figure.overOwnTimes, bars.predicting, figure.milliseconds);
      row(`${what} ÷ 10 separate networks`, figure.overSeparateNetworks, undefined, {});
    }
  }
  return [
    `${machine.cpu}, ${machine.cores} cores, Node ${machine.node}, load ${machine.loadAverage.toFixed(2)} at the start`,
    `medians of rounds, WASM, ${seconds.toFixed(0)} s in all${quick ? '; --quick: few repeats, so noisy' : ''}`,
    ...Object.keys(figures).map((name) => `${name}: ${cases[name as CaseName].description}`),
    table.toString(),
  ].join('\n');
}

function verdict(value: number, bar: number | undefined): [bar: string, met: string] {
  return bar === undefined ? ['', ''] : [`≤ ${bar}`, value <= bar ? 'yes' : 'no'];
}

function medians(milliseconds: object): string {
  return Object.entries(milliseconds)
    .map(([name, each]) => `${name}: ${(each as number).toFixed(1)}`)
    .join(', ');
}
