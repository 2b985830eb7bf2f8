import { CancelledError, type FactornetError, NonFiniteLossError } from '@factornet/spec';

/** Whether training was under way and there are networks worth keeping; anything else was refused beforehand. */
export function isStop(error: unknown): error is FactornetError {
  return CancelledError.isInstance(error) || NonFiniteLossError.isInstance(error);
}
