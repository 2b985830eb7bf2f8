import { formatDuration } from './format';

/**
 * A line every two seconds, with the time left at the pace so far; nothing for what takes less.
 *
 * @param log takes a line
 * @param explain what is done, e.g. `loading: 1.2 MB of 6.0 MB`
 * @param now milliseconds; for tests
 */
export function quietProgress(
  log: (line: string) => void,
  explain: (done: number, total: number) => string,
  now: () => number = () => performance.now(),
): (done: number, total: number) => void {
  const start = now();
  let last = start;
  return (done, total) => {
    if (now() - last < 2000 || done === 0 || done === total) return;
    last = now();
    const left = (((last - start) / 1000) * (total - done)) / done;
    log(`${explain(done, total)} · ${formatDuration(left)} left`);
  };
}
