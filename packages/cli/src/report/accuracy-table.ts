import type { PerTask } from '@factornet/factorizer';
import type { Report } from '@factornet/pipeline';
import { formatShare } from '../render/format';
import { numeric, renderTable, type Table, tableOf } from '../render/table';

/** Headings of the accuracy table, in the order of {@link accuracyRows}. */
export const accuracyHeadings = [
  'teacher',
  'factor',
  'assembly',
  'without common',
  'without specific',
  'other’s t',
  't alone',
] as const;

export interface AccuracyRow {
  readonly task: string;
  /** The task, with the score that it is measured by where that is not accuracy. */
  readonly heading: string;
  readonly values: readonly (number | undefined)[];
}

type MeasuredNetworks = Pick<Report, 'teacher' | 'factors'> & {
  readonly assembly: { readonly accuracy: PerTask };
};

/** One row per task: every accuracy that a report holds. */
export function accuracyRows({ teacher, factors, assembly }: MeasuredNetworks): AccuracyRow[] {
  return Object.entries(factors).map(([task, factor]) => ({
    task,
    heading: factor.score === undefined ? task : `${task} (${factor.score})`,
    values: [
      teacher.accuracy[task],
      factor.accuracy,
      assembly.accuracy[task],
      factor.accuracyWithout.common,
      factor.accuracyWithout.specific,
      factor.accuracyWhenShuffled,
      // The strongest probe comes last.
      Object.values(factor.accuracyFromSpecificAlone).at(-1),
    ],
  }));
}

/** The report's headline for a terminal: accuracies per task. */
export function renderAccuracyTable(report: MeasuredNetworks): string {
  return renderTable(accuracyTable(report));
}

export function accuracyTable(report: MeasuredNetworks): Table {
  return tableOf(
    ['task', ...accuracyHeadings.map(numeric)],
    accuracyRows(report).map(({ heading, values }) => [heading, ...values.map(formatShare)]),
  );
}

/** `Without its own t each head loses 0.425 ± 0.012 at least (shape, t = 0).` */
export function explainCodeLoss({ codeMatters }: Pick<Report, 'codeMatters'>): string[] {
  if (codeMatters === undefined) return [];
  const { task, when, lost, standardError } = codeMatters.least;
  const how = when === 'whenZeroed' ? 't = 0' : 't of another picture';
  const loss = `${formatShare(lost)} ± ${formatShare(standardError)}`;
  return [`Without its own t each head loses ${loss} at least (${task}, ${how}).`];
}
