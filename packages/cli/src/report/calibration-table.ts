import type { Calibration } from '@factornet/metrics';
import type { Report } from '@factornet/pipeline';
import { formatShare } from '../render/format';
import { numeric, renderTable, type Table, tableOf } from '../render/table';

export type MeasuredCalibration = Pick<Report, 'teacher' | 'factors' | 'joint'>;

/** Headings of the calibration table, in the order of {@link calibrationRows}. */
export const calibrationHeadings = [
  'teacher',
  'assembly',
  '±',
  'if perfect',
  'before',
  'temperature',
] as const;

/** What a row is about, and the bins that its diagram shows. */
interface CalibrationRow {
  readonly name: string;
  readonly calibration: Calibration;
  readonly values: readonly string[];
}

/** One row per task whose answers have probabilities, and one per joint distribution: expected calibration errors. */
export function calibrationRows({ teacher, factors, joint }: MeasuredCalibration): CalibrationRow[] {
  const row = (
    name: string,
    ofTeacher: Calibration | undefined,
    calibration: Calibration,
  ): CalibrationRow => ({
    name,
    calibration,
    values: [ofTeacher?.error, calibration.error, calibration.standardError, calibration.ofPerfect].map(
      formatShare,
    ),
  });
  const tasks = Object.entries(factors).flatMap(([task, { calibration }]) => {
    if (calibration === undefined) return [];
    const { name, values, ...rest } = row(task, teacher.calibration[task], calibration);
    return [{ ...rest, name, values: [...values, '–', '–'] }];
  });
  const together = joint.map(({ labelSpace, calibration, temperature }) => {
    const { name, values, ...rest } = row(
      `jointly: ${labelSpace}`,
      calibration.teacher,
      calibration.assembly,
    );
    const before = formatShare(calibration.before.error);
    return { ...rest, name, values: [...values, before, temperature.toFixed(2)] };
  });
  return [...tasks, ...together];
}

/** How far confidence is from accuracy, for a terminal; nothing where no answer has probabilities. */
export function calibrationTable(report: MeasuredCalibration): Table | undefined {
  const rows = calibrationRows(report);
  if (rows.length === 0) return undefined;
  return tableOf(
    ['calibration error', ...calibrationHeadings.map(numeric)],
    rows.map(({ name, values }) => [name, ...values]),
  );
}

export function renderCalibrationTable(report: MeasuredCalibration): string {
  const table = calibrationTable(report);
  return table === undefined ? '' : renderTable(table);
}
