import { CancelledError, type FactornetError } from '@factornet/spec';
import { NonFiniteLossError, WorkerFailedError } from '@factornet/spec/training';

/**
 * Whether training was under way and there are networks worth keeping: after weights that are no numbers there are none, and
 * anything else was refused beforehand.
 */
export function isStop(error: unknown): error is FactornetError {
  if (NonFiniteLossError.isInstance(error) && error.term === 'weights') return false;
  return [CancelledError, NonFiniteLossError, WorkerFailedError].some((stop) => stop.isInstance(error));
}
