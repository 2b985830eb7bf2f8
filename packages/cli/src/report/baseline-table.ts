import type { BaselineName, Report } from '@factornet/pipeline';
import { formatCount, formatDuration, formatShare } from '../render/format';
import { numeric, renderTable, type Table, tableOf } from '../render/table';

type Compared = Pick<Report, 'factors' | 'assembly' | 'parameters' | 'seconds' | 'baselines'>;

const names: Readonly<Record<BaselineName, string>> = {
  'shared-trunk': 'shared trunk, a head per task',
  students: 'separate students',
};

/** One row per network, the factorization first, with its scores by task; none without baselines. */
export function baselineRows(report: Compared): { headings: string[]; rows: string[][] } {
  const { factors, assembly, parameters, seconds, baselines = {} } = report;
  const tasks = Object.keys(factors);
  const headings = [...tasks, 'mean', 'parameters', 'trained in'];
  const found = Object.entries(baselines);
  if (found.length === 0) return { headings, rows: [] };
  const row = (name: string, accuracy: Readonly<Record<string, number>>, size: number, time?: number) => {
    const scores = tasks.map((task) => accuracy[task]);
    const mean = scores.reduce<number>((sum, score) => sum + (score ?? Number.NaN), 0) / tasks.length;
    return [
      name,
      ...[...scores, mean].map(formatShare),
      formatCount(size),
      time === undefined ? '–' : formatDuration(time),
    ];
  };
  const own = Object.values(parameters).reduce((sum, count) => sum + count, 0);
  return {
    headings,
    rows: [
      row('factorization', assembly.accuracy, own, seconds.factorize),
      ...found.map(([name, figures]) =>
        row(names[name as BaselineName], figures.accuracy, figures.parameters, figures.seconds),
      ),
    ],
  };
}

/** The factorization beside plain networks, for a terminal; undefined without any. */
export function baselineTable(report: Compared): Table | undefined {
  const { headings, rows } = baselineRows(report);
  return rows.length === 0 ? undefined : tableOf(['beside baselines', ...headings.map(numeric)], rows);
}

/** The same as text; empty without any. */
export function renderBaselineTable(report: Compared): string {
  const table = baselineTable(report);
  return table === undefined ? '' : renderTable(table);
}
