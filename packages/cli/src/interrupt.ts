import { EXIT_CANCELLED } from './exit-codes';
import type { CommandIO } from './io';

/** Presses this close together were queued behind one step, before anyone could read what the first did. */
const SAME_PRESS = 500;

export interface InterruptOptions {
  /** Ends the process; for tests. Default `process.exit`. */
  exit?: (code: number) => void;
  /** Milliseconds; for tests. Default `performance.now`. */
  now?: () => number;
}

/**
 * Gives long work a signal that the first Ctrl-C (or SIGTERM) aborts; a second one ends the process at once.
 * Without a handler Node would end it at the first, in the middle of a step.
 */
export async function withInterrupt<T>(
  { stderr, signal }: CommandIO,
  body: (signal: AbortSignal) => Promise<T>,
  { exit = process.exit, now = () => performance.now() }: InterruptOptions = {},
): Promise<T> {
  const controller = new AbortController();
  let firstAt: number | undefined;
  const stop = () => {
    if (firstAt === undefined) {
      firstAt = now();
      stderr.write('\nStopping after the step under way. Press Ctrl-C again to exit at once.\n');
      controller.abort();
    } else if (now() - firstAt > SAME_PRESS) {
      exit(EXIT_CANCELLED);
    }
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
