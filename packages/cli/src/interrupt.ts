import { EXIT_CANCELLED } from './exit-codes';
import type { CommandIO } from './io';

/**
 * Gives long work a signal that the first Ctrl-C (or SIGTERM) aborts; a second one ends the process at once.
 * Without a handler Node would end it at the first, in the middle of a step.
 */
export async function withInterrupt<T>(
  { stderr, signal }: CommandIO,
  body: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const stop = () => {
    if (controller.signal.aborted) process.exit(EXIT_CANCELLED);
    stderr.write('\nStopping after the step under way. Press Ctrl-C again to exit at once.\n');
    controller.abort();
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  try {
    return await body(
      signal === undefined ? controller.signal : AbortSignal.any([controller.signal, signal]),
    );
  } finally {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  }
}
