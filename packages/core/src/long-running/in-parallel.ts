import { InvalidOptionError } from '@factornet/spec';

export interface InParallelOptions {
  /** How many are worked on at a time, from 1. Default 4. */
  concurrency?: number | undefined;
  /** Told after each. */
  onProgress?: ((done: number, total: number) => void) | undefined;
}

/**
 * Maps several at a time, and keeps their order. After the first failure nothing more is begun; it is thrown once what
 * was begun has ended, so that nothing still works afterwards.
 *
 * @param work begins with {@link throwIfCancelled} where there is a signal: nothing more is begun once it aborts
 * @throws InvalidOptionError if nothing is to be worked on at a time
 * @example
 * const sizes = await inParallel(paths, async (path) => (await stat(path)).size);
 */
export async function inParallel<T, R>(
  items: readonly T[],
  work: (item: T, index: number) => Promise<R>,
  { concurrency = 4, onProgress }: InParallelOptions = {},
): Promise<R[]> {
  if (!(concurrency >= 1)) {
    throw new InvalidOptionError({
      option: 'concurrency',
      expected: 'a number from 1',
      received: concurrency,
    });
  }
  const results: R[] = new Array(items.length);
  let [next, done, failed] = [0, 0, false];
  const runLane = async () => {
    while (next < items.length && !failed) {
      const index = next++;
      try {
        results[index] = await work(items[index] as T, index);
        onProgress?.(++done, items.length);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  const lanes = await Promise.allSettled(
    Array.from({ length: Math.min(concurrency, items.length) }, runLane),
  );
  for (const lane of lanes) if (lane.status === 'rejected') throw lane.reason;
  return results;
}
