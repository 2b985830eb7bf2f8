import { CancelledError, type FactornetError, NonFiniteLossError, WorkerFailedError } from '@factornet/spec';

/** Whether training was under way and there are networks worth keeping; anything else was refused beforehand. */
export function isStop(error: unknown): error is FactornetError {
  return [CancelledError, NonFiniteLossError, WorkerFailedError].some((stop) => stop.isInstance(error));
}
