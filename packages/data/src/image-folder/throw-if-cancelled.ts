import { CancelledError } from '@factornet/spec';

/** @throws CancelledError if the signal says so */
export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new CancelledError({ operation: 'Reading pictures' }, { cause: signal.reason });
}
