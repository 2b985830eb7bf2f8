import type { Measured } from '@factornet/metrics';
import type { Report } from '@factornet/pipeline';
import { numeric, type Table, tableOf } from '../render/table';

type MeasuredLeakage = Pick<Report, 'leakage'>;

/** Said wherever the row of z is shown. */
export const aboutCommon =
  'z tells its row to whoever has any one factor: leaving a factor out withholds nothing of that.';

/** Which tasks have no figures, and why. */
export function explainScale({ leakage, factors }: Pick<Report, 'leakage' | 'factors'>): string[] {
  return Object.entries(leakage).flatMap(([probe, { reference }]) => {
    const missing = Object.keys(factors).filter((task) => reference[task] === undefined);
    if (missing.length === 0) return [];
    return `A ${probe} probe tells ${missing.join(', ')} no better than chance from the teacher’s maps on so many pictures: leakage about that has no scale.`;
  });
}

/** `0.03 ± 0.01`; a minus only where two digits show one. */
export function formatMeasured(measured: Measured | undefined): string {
  if (measured === undefined) return '–';
  return `${twoDigits(measured.value)} ± ${twoDigits(measured.standardError)}`;
}

export function twoDigits(value: number): string {
  const text = value.toFixed(2);
  return text === '-0.00' ? '0.00' : text;
}

/** What each probe read from every factor's code about the other tasks, from all of them, and from z. */
export function leakageTable({ leakage }: MeasuredLeakage): Table {
  const probes = Object.entries(leakage);
  const from = [...new Set(probes.flatMap(([, { codes }]) => Object.keys(codes)))];
  return tableOf(
    ['leaks', ...probes.flatMap(([probe]) => [numeric(`${probe}, mean`), numeric('largest')])],
    [
      ...from.map((task) => [
        `t of ${task}`,
        ...probes.flatMap(([, { rows }]) => {
          const { mean, maximum } = rows[task] ?? {};
          return [formatMeasured(mean), largest(maximum, maximum?.to)];
        }),
      ]),
      [
        'every t',
        ...probes.flatMap(([, { mean, maximum }]) => {
          return [formatMeasured(mean), largest(maximum, maximum && `${maximum.from} → ${maximum.to}`)];
        }),
      ],
      ['z', ...probes.flatMap(([, { common }]) => commonCells(common))],
    ],
  );
}

function largest(measured: Measured | undefined, where: string | undefined): string {
  return measured === undefined ? '–' : `${formatMeasured(measured)} (${where})`;
}

function commonCells(common: Readonly<Record<string, Measured>>): string[] {
  const entries = Object.entries(common).sort(([, one], [, other]) => other.value - one.value);
  const [first] = entries;
  if (first === undefined) return ['–', '–'];
  const mean = entries.reduce((sum, [, { value }]) => sum + value, 0) / entries.length;
  return [twoDigits(mean), largest(first[1], first[0])];
}
