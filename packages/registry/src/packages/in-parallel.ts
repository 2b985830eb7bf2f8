/** Answers of a registry that are waited for at a time. */
const LANES = 4;

/** Maps several at a time, in order; the first failure ends it once what was begun has ended. */
export async function inParallel<T, R>(
  items: readonly T[],
  work: (item: T) => Promise<R>,
  onProgress: (done: number, total: number) => void = () => {},
): Promise<R[]> {
  const results: R[] = [];
  let [next, done, failed] = [0, 0, false];
  const runLane = async () => {
    while (next < items.length && !failed) {
      const index = next++;
      try {
        results[index] = await work(items[index] as T);
      } catch (error) {
        failed = true;
        throw error;
      }
      onProgress(++done, items.length);
    }
  };
  const lanes = await Promise.allSettled(Array.from({ length: LANES }, runLane));
  for (const lane of lanes) if (lane.status === 'rejected') throw lane.reason;
  return results;
}
