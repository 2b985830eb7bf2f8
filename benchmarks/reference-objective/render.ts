import type { FactorizationEvaluation } from '@factornet/factorizer';
import type { Measured } from '@factornet/metrics';

/** What one objective made of the quickstart's teacher. */
export interface Row {
  readonly objective: string;
  readonly seconds: number;
  readonly evaluation: FactorizationEvaluation;
  /** Means over the last epoch and the taps: of a tap and z of the same picture, and of different ones. */
  readonly cosines: { readonly pairs: number; readonly strangers: number };
}

type Line = readonly [name: string, value: (row: Row) => string];

/** A Markdown table with a column per objective. */
export function render(rows: readonly Row[]): string {
  const tasks = Object.keys(rows[0]?.evaluation.factors ?? {});
  const factor = (row: Row, task: string) =>
    row.evaluation.factors[task] as FactorizationEvaluation['factors'][string];
  const codes = (row: Row, task: string) => row.evaluation.information.codes[task];
  const lines: Line[] = [
    ...tasks.map((task): Line => [`accuracy: ${task}`, (row) => share(factor(row, task).accuracy)]),
    ...tasks.map(
      (task): Line => [
        `t alone (linear / kernel probe): ${task}`,
        (row) => {
          const { linear, kernel } = factor(row, task).accuracyFromSpecificAlone;
          return `${share(linear)} / ${share(kernel)}`;
        },
      ],
    ),
    ...tasks.map(
      (task): Line => [
        `without t, head on z: ${task}`,
        (row) => share(factor(row, task).accuracyWithout.specific),
      ],
    ),
    [
      'leakage, mean (linear / kernel probe)',
      ({ evaluation: { leakage } }) => `${figure(leakage.linear?.mean)} / ${figure(leakage.kernel?.mean)}`,
    ],
    [
      'leakage, largest (linear / kernel probe)',
      ({ evaluation: { leakage } }) =>
        `${figure(leakage.linear?.maximum)} / ${figure(leakage.kernel?.maximum)}`,
    ],
    [
      'cosine of a tap and z: pairs / strangers',
      ({ cosines }) => `${share(cosines.pairs)} / ${share(cosines.strangers)}`,
    ],
    [
      'I(x; z), nats',
      ({ evaluation: { information } }) => {
        const { common } = information;
        return common === undefined
          ? '–'
          : `≥ ${nats(common.lower)} ± ${nats(common.standardError)} (cap ${nats(common.cap)})`;
      },
    ],
    ...tasks.map(
      (task): Line => [
        `I(x; t), nats: ${task}`,
        (row) => `${nats(codes(row, task)?.lower)} to ${nats(codes(row, task)?.upper)}`,
      ],
    ),
    ...tasks.map(
      (task): Line => [
        `I(t; y) own / others, nats: ${task}`,
        ({ evaluation: { information } }) => {
          const { [task]: own, ...others } = information.labels[task] ?? {};
          return `${nats(own)} / ${nats(Object.values(others).reduce((sum, value) => sum + value, 0))}`;
        },
      ],
    ),
    ['seconds of training', ({ seconds }) => seconds.toFixed(0)],
  ];
  const table = [
    ['', ...rows.map(({ objective }) => objective)],
    ['---', ...rows.map(() => '---:')],
    ...lines.map(([name, value]) => [name, ...rows.map(value)]),
  ];
  return table.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function share(value: number | undefined): string {
  return value === undefined ? '–' : value.toFixed(3).replace('-', '−');
}

/** With its standard error. */
function figure(measured: Measured | undefined): string {
  return measured === undefined ? '–' : `${share(measured.value)} ± ${share(measured.standardError)}`;
}

function nats(value: number | undefined): string {
  return value === undefined ? '–' : value.toFixed(2).replace('-', '−');
}
