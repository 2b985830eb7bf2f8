import { type BackendAttempt, useBackend } from '@factornet/core';
import { BackendUnavailableError } from '@factornet/spec';
import { getKernel } from '@tensorflow/tfjs';

/** What became of one backend when it was asked for alone. */
export interface BackendDiagnosis {
  readonly name: string;
  readonly runs: boolean;
  /** Facts about it, or why it cannot run. */
  readonly detail: string;
  /** Whether it has the kernel without which no convolution can be trained. */
  readonly trains: boolean;
}

/** Asks for one backend alone; it stays the current one if it runs. */
export async function diagnoseBackend(name: string): Promise<BackendDiagnosis> {
  try {
    const { attempts } = await useBackend(name);
    const chosen = attempts.find(({ status }) => status === 'chosen') as BackendAttempt;
    const trains = getKernel('Conv2DBackpropFilter', name) !== undefined;
    return { name, runs: true, detail: chosen.detail, trains };
  } catch (error) {
    if (!BackendUnavailableError.isInstance(error)) throw error;
    const detail = error.reasons.map((reason) => reason.replace(`${name}: `, '')).join('; ');
    return { name, runs: false, detail, trains: false };
  }
}
