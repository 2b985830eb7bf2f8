import { formatDuration } from './format';

/**
 * Tells of each step that is done, how many there are, and how long the rest takes.
 *
 * @param log takes a line
 * @param now milliseconds; for tests
 */
export function reportSteps(
  total: number,
  log: (line: string) => void,
  now: () => number = () => performance.now(),
): (line: string) => void {
  const start = now();
  let done = 0;
  return (line) => {
    done += 1;
    const left = ((now() - start) / 1000 / done) * (total - done);
    const rest = done < total ? ` · ${formatDuration(left)} left` : '';
    log(`${line} (${done} of ${total}${rest})`);
  };
}
