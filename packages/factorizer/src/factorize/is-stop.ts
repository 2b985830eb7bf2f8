import { CancelledError, type FactornetError } from '@factornet/spec';
import { NonFiniteLossError, WorkerFailedError } from '@factornet/spec/training';

/** Whether training was under way and there are networks worth keeping; anything else was refused beforehand. */
export function isStop(error: unknown): error is FactornetError {
  return [CancelledError, NonFiniteLossError, WorkerFailedError].some((stop) => stop.isInstance(error));
}
