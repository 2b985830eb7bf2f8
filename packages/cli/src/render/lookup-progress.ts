import { formatDuration } from './format';

/**
 * Tells how many packages are looked up and how long the rest takes; nothing for what takes less than two seconds.
 *
 * @param log takes a line
 * @param now milliseconds; for tests
 */
export function reportLookups(
  log: (line: string) => void,
  now: () => number = () => performance.now(),
): (done: number, total: number) => void {
  const start = now();
  let last = start;
  return (done, total) => {
    if (now() - last < 2000 || done === total) return;
    last = now();
    const left = ((last - start) / 1000 / done) * (total - done);
    log(`looking up packages: ${done} of ${total} · ${formatDuration(left)} left`);
  };
}
