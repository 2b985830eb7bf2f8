import { CancelledError } from '@factornet/spec';

/** @throws CancelledError if the signal was given and is aborted */
export function throwIfCancelled(operation: string, signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new CancelledError({ operation }, { cause: signal.reason });
}
