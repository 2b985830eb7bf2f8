import Table from 'cli-table3';
import type { Bar } from './bars';
import type { MethodFigures, RowFigures } from './figures';
import type { Figure } from './statistics';

/** The rows, then every bar with whether it is met. */
export function renderMethod(figures: MethodFigures, bars: readonly Bar[]): string {
  const rows: [string, RowFigures][] = [
    ['factorization', figures.factorization],
    ['shared trunk, equal epochs', figures.sharedTrunk.equalEpochs],
    ['shared trunk, equal time', figures.sharedTrunk.equalTime],
    ['separate students', figures.separate],
    ['as built', figures.asBuilt],
    ['as built, batch 32', figures.asBuiltBatch32],
  ];
  const tasks = Object.keys(figures.factorization.accuracy);
  const accuracies = tableOf(['', 'mean ± deviation', ...tasks, 'parameters', 'processor time']);
  for (const [name, { meanAccuracy, accuracy, parameters, processorTime }] of rows) {
    accuracies.push([
      name,
      spread(meanAccuracy, 4),
      ...tasks.map((task) => (accuracy[task] as Figure).mean.toFixed(3)),
      parameters.toLocaleString('en-US'),
      `${processorTime.mean.toFixed(0)} s`,
    ]);
  }
  const codes = tableOf(['', 'leaks, mean', 'leaks, most', 'own task, least']);
  for (const [name, { leakage, ownTask }] of [
    ['factorization', figures],
    ['as built', figures.asBuilt],
    ['as built, batch 32', figures.asBuiltBatch32],
  ] as const) {
    const { mean, max } = leakage.kernel;
    codes.push([name, spread(mean, 3), spread(max, 3), spread(ownTask.least, 3)]);
  }
  const held = tableOf(['key', 'bar', 'measured', 'met']);
  for (const { key, bar, measured, met } of bars) {
    held.push([
      key,
      bar,
      measured.map((value) => value.toFixed(4)).join('  '),
      met === undefined ? '–' : met ? 'yes' : 'NO',
    ]);
  }
  return [accuracies, codes, held].map(String).join('\n');
}

function spread({ mean, deviation }: Figure, digits: number): string {
  return `${mean.toFixed(digits)} ± ${deviation.toFixed(digits)}`;
}

function tableOf(head: string[]) {
  return new Table({ head, style: { head: [], border: [], compact: true } });
}
