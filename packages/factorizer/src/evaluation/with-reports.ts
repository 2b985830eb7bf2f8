import type { FactorNetwork } from '@factornet/core';
import type { Dataset } from '@factornet/data';
import type { StatedLeakage } from '@factornet/spec';
import { deadOf } from '../diagnosis/finding';
import type { FactorizationEvaluation } from './evaluate-factorization';

/**
 * The same factors, with what was measured about each written into its description.
 *
 * @param data what it was measured on, which no network was trained on
 */
export function withReports<Factors extends Readonly<Record<string, FactorNetwork>>>(
  factors: Factors,
  {
    factors: evaluations,
    teacher,
    leakage,
    findings,
  }: Pick<FactorizationEvaluation, 'factors' | 'teacher' | 'leakage' | 'findings'>,
  { name, size }: Pick<Dataset, 'name' | 'size'>,
): Factors {
  const reported = Object.entries(factors).map(([task, factor]): [string, FactorNetwork] => {
    const { accuracy, calibration, figures } = evaluations[task] ?? {};
    const teacherAccuracy = teacher.accuracy[task];
    const report = {
      ...(accuracy !== undefined && { accuracy }),
      ...(teacherAccuracy !== undefined && { teacherAccuracy }),
      ...(calibration !== undefined && { calibrationError: calibration.error }),
      ...(figures !== undefined && { figures }),
      ...deadOf(task, findings),
      heldOut: { examples: size, data: name },
      leakage: statedLeakage(task, leakage),
    };
    return [task, { ...factor, description: { ...factor.description, report } }];
  });
  return Object.fromEntries(reported) as unknown as Factors;
}

/** What each probe read from one factor about the other tasks; nothing where there are none. */
function statedLeakage(task: string, leakage: FactorizationEvaluation['leakage']): StatedLeakage[] {
  return Object.entries(leakage).flatMap(([probe, { examples, codes, rows }]) => {
    const row = rows[task];
    if (row === undefined) return [];
    const { value, standardError } = row.maximum;
    return [{ probe, examples, tasks: codes[task] ?? {}, mean: row.mean, maximum: { value, standardError } }];
  });
}
