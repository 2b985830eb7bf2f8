import Table from 'cli-table3';
import type { Machine } from '../wasm/machine';
import { type CaseName, cases } from './cases';
import type { ExportFigures } from './measure-export';

/** What `--json` prints. */
export interface ExportReport {
  readonly machine: Machine;
  /** Whether few repeats were made; such figures are noisier. */
  readonly quick: boolean;
  readonly seconds: number;
  readonly figures: Readonly<Partial<Record<CaseName, ExportFigures>>>;
}

/** The report as a table: how much faster, and by how much outputs differ. */
export function renderReport({ machine, quick, seconds, figures }: ExportReport): string {
  const table = new Table({
    head: ['networks', 'pictures', '÷ unfolded', '÷ assembly', 'folded', 'unfolded', 'assembly'],
    colAligns: ['left', 'right', 'right', 'right', 'right', 'right', 'right'],
    style: { head: [], border: [] },
  });
  for (const [name, { predicting }] of Object.entries(figures)) {
    for (const [batch, { overUnfolded, overAssembly, milliseconds }] of Object.entries(predicting)) {
      const { folded, unfolded, assembly } = milliseconds;
      const times = [folded, unfolded, assembly].map((each) => `${each.toFixed(2)} ms`);
      table.push([name, batch, `×${overUnfolded.toFixed(2)}`, `×${overAssembly.toFixed(2)}`, ...times]);
    }
  }
  const lines = Object.entries(figures).map(([name, { layers, parameters, largestDifference }]) => {
    const [before, after] = [parameters.assembly, parameters.folded].map((count) =>
      count.toLocaleString('en-US'),
    );
    return (
      `${name}: ${cases[name as CaseName].description}; ${layers.unfolded} → ${layers.folded} layers, ` +
      `${before} → ${after} parameters, logits within ${largestDifference.toExponential(1)} of the assembly's`
    );
  });
  return [
    `${machine.cpu}, ${machine.cores} cores, Node ${machine.node}, load ${machine.loadAverage.toFixed(2)} at the start`,
    `four factors, medians of rounds, WASM, ${seconds.toFixed(0)} s in all${quick ? '; --quick: few repeats, so noisy' : ''}`,
    ...lines,
    table.toString(),
  ].join('\n');
}
