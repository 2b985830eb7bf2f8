import { throwIfCancelled, yieldToEventLoop } from '@factornet/core/training';
import {
  kernelProbe,
  type LeakageResult,
  type LeakageSummary,
  leakageMatrix,
  linearProbe,
  type Measured,
  type Probe,
  type ProbedTask,
} from '@factornet/metrics';
import type { Codes } from './collect-codes';

/** What one probe read from what is shipped; by the probe's name in `leakage` of an evaluation. */
export interface ProbedLeakage {
  /** On one half of which the probe learnt; it read the other. */
  readonly examples: number;
  /** `codes[from][to]` for other tasks: 0 is chance, 1 is what the same probe reads from the teacher's maps, averaged or over cells. */
  readonly codes: LeakageResult['leakage'];
  /** The same of z, of every task: whoever has one factor has z, so that leaving a factor out withholds nothing of this. */
  readonly common: Readonly<Record<string, Measured>>;
  /** Mean and maximum of each factor's row of `codes`. */
  readonly rows: LeakageResult['rows'];
  /** Over all pairs of `codes`; absent of a single factor. */
  readonly mean?: LeakageSummary['mean'];
  readonly maximum?: LeakageSummary['maximum'];
  /**
   * Accuracy that the probe reads from the teacher's maps, and that of a guess: what 1 and 0 stand for. A task that it cannot
   * tell clearly better than chance there has no scale, and is in no row.
   */
  readonly reference: LeakageResult['reference'];
}

export interface MeasureLeakageRequest {
  readonly codes: Codes;
  readonly tasks: readonly ProbedTask[];
  /** Of the halves that probes learn and read. */
  readonly seed: number;
  readonly probes?: readonly Probe[] | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface MeasuredLeakage {
  readonly leakage: Readonly<Record<string, ProbedLeakage>>;
  /** Per probe: each task read from its own code alone. */
  readonly ownTask: Readonly<Record<string, LeakageResult['ownTask']>>;
}

/** A line misses most of what codes hide. */
export const leakageProbes = (): Probe[] => [linearProbe(), kernelProbe()];

/**
 * Reads what ships of every factor, and z, with each probe.
 *
 * @throws CancelledError on `signal`
 */
export async function measureLeakage({
  codes: { columns, labels },
  tasks,
  seed,
  probes = leakageProbes(),
  signal,
}: MeasureLeakageRequest): Promise<MeasuredLeakage> {
  const sources = Object.fromEntries(tasks.map(({ name }) => [name, columns.matrix(`${name}/code`)]));
  const common = columns.matrix('common');
  // Over cells tells more of where things are, in more columns, which a probe reads less well.
  const reference = [columns.joined('teacher/features/'), columns.joined('teacher/maps/')];
  const leakage: Record<string, ProbedLeakage> = {};
  const ownTask: Record<string, LeakageResult['ownTask']> = {};
  for (const probe of probes) {
    // A kernel takes seconds.
    await yieldToEventLoop();
    throwIfCancelled('evaluate', signal);
    const request = { sources, common, reference, labels, tasks, split: { seed }, probe };
    const found = leakageMatrix({ ...request, withoutScale: 'leave-out' });
    leakage[probe.name] = {
      examples: found.examples,
      ...{ codes: found.leakage, rows: found.rows },
      common: found.common ?? {},
      ...(found.mean && { mean: found.mean }),
      ...(found.maximum && { maximum: found.maximum }),
      reference: found.reference,
    };
    ownTask[probe.name] = found.ownTask;
  }
  return { leakage, ownTask };
}
