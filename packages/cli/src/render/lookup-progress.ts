import { quietProgress } from './quiet-progress';

/**
 * Tells how many packages are looked up and how long the rest takes; nothing for what takes less than two seconds.
 *
 * @param log takes a line
 * @param now milliseconds; for tests
 */
export function reportLookups(log: (line: string) => void, now?: () => number) {
  return quietProgress(log, (done, total) => `looking up packages: ${done} of ${total}`, now);
}
