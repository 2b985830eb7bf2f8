import type { FactorNetwork } from '@factornet/core';
import type { Dataset } from '@factornet/data';
import type { TaskDescription } from '@factornet/spec';
import type { FrozenCommon } from '../networks/common-part';
import type { ObjectiveTerm } from '../objective/objective-term';
import type { EpochRecord } from '../training/progress';
import { type RunOptions, runDefaults } from '../training/run-options';
import { diagnoseFactors } from './diagnose-factors';
import { diagnoseTraining } from './diagnose-training';
import { deadOf, type Finding } from './finding';

export interface DiagnoseRunRequest {
  readonly common: FrozenCommon;
  readonly factors: readonly FactorNetwork[];
  readonly history: readonly EpochRecord[];
  /** The terms that were in use. */
  readonly terms: readonly ObjectiveTerm[];
  readonly data: Dataset;
  readonly options: Pick<RunOptions, 'kinds' | 'batchSize' | 'seed' | 'onProgress' | 'signal'>;
  /** Of a run for a single factor. */
  readonly task?: string;
}

/**
 * What is wrong with a run that ended, from its record and from what its networks answer to pictures that they were trained
 * on. Whoever listens to its progress hears each as a note.
 *
 * @throws CancelledError on `signal`
 */
export async function diagnoseRun(request: DiagnoseRunRequest): Promise<Finding[]> {
  const { history, terms, data, options, task } = request;
  const { kinds, batchSize, seed, onProgress, signal } = { ...runDefaults, ...options };
  const facts = {
    history,
    terms,
    batchSize: Math.min(batchSize, data.size),
    ...(task !== undefined && { task }),
  };
  const findings = [
    ...diagnoseTraining(facts),
    ...(await diagnoseFactors({ ...request, kinds, seed, signal })),
  ];
  for (const finding of findings) {
    const message = `${finding.message} ${finding.hint}`;
    onProgress?.({ type: 'note', stage: 'training', message, finding });
  }
  return findings;
}

/** A factor whose report says whether it was found dead. */
export function withFindings<Task extends TaskDescription>(
  factor: FactorNetwork<Task>,
  findings: readonly Finding[],
): FactorNetwork<Task> {
  const { description } = factor;
  const report = { ...description.report, ...deadOf(description.task.name, findings) };
  return { ...factor, description: { ...description, report } };
}
