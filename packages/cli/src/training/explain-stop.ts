import { CancelledError } from '@factornet/spec';
import { NonFiniteLossError, WorkerFailedError } from '@factornet/spec/training';

/** Says what a stopped training left behind and how to go on; any other error is handed back as it is. */
export function explainStop(
  error: unknown,
  { checkpoint, partial }: { checkpoint: string; partial?: string },
): unknown {
  const kept = partial === undefined ? '' : ` The last good weights are in ${partial}.`;
  if (CancelledError.isInstance(error)) {
    return new CancelledError(error, {
      cause: error,
      hint: `The state is kept in ${checkpoint}: the same command goes on from there.${kept}`,
    });
  }
  if (NonFiniteLossError.isInstance(error)) {
    return new NonFiniteLossError(error, {
      cause: error,
      hint: `Try a lower --learning-rate.${error.term === 'weights' ? '' : kept}`,
    });
  }
  if (WorkerFailedError.isInstance(error)) {
    return new WorkerFailedError(error, {
      cause: error,
      hint: `The state is kept in ${checkpoint}: the same command goes on from there; try fewer --workers.${kept}`,
    });
  }
  return error;
}
