import { formatBytes, formatDuration } from './format';

/**
 * Tells how many bytes are done and how long the rest takes; nothing for what takes less than two seconds.
 *
 * @param verb e.g. `loading`
 * @param log takes a line
 * @param now milliseconds; for tests
 */
export function reportBytes(
  verb: string,
  log: (line: string) => void,
  now: () => number = () => performance.now(),
): (done: number, total: number) => void {
  const start = now();
  let last = start;
  return (done, total) => {
    if (now() - last < 2000 || done === 0) return;
    last = now();
    const left = (((last - start) / 1000) * (total - done)) / done;
    log(`${verb}: ${formatBytes(done)} of ${formatBytes(total)} · ${formatDuration(left)} left`);
  };
}
