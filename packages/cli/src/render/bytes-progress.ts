import { formatBytes } from './format';
import { quietProgress } from './quiet-progress';

/**
 * Tells how many bytes are done and how long the rest takes; nothing for what takes less than two seconds.
 *
 * @param verb e.g. `loading`
 * @param log takes a line
 * @param now milliseconds; for tests
 */
export function reportBytes(verb: string, log: (line: string) => void, now?: () => number) {
  return quietProgress(log, (done, total) => `${verb}: ${formatBytes(done)} of ${formatBytes(total)}`, now);
}
