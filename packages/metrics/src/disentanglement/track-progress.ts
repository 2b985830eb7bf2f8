import { estimateSecondsLeft, throwIfCancelled, yieldToEventLoop } from '@factornet/core/training';
import type { MetricRun } from '../metric';

/** Tells of parts done, and lets the event loop have its turn. */
export interface ProgressTracker {
  /** @throws CancelledError on `signal` */
  advance(parts: number): Promise<void>;
}

export function trackProgress(
  metric: string,
  total: number,
  { onProgress, signal }: MetricRun = {},
): ProgressTracker {
  const startedAt = performance.now();
  let done = 0;
  return {
    async advance(parts) {
      done += parts;
      onProgress?.({ metric, done, total, secondsLeft: estimateSecondsLeft(startedAt, done, total) });
      await yieldToEventLoop();
      throwIfCancelled(metric, signal);
    },
  };
}
