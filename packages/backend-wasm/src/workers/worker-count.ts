import { getBackend } from '@tensorflow/tfjs';

/** How many worker threads to train on. */
export type WorkersOption = number | 'auto';

/**
 * The number of workers that `workers` stands for: itself, or for `'auto'` the number of cores this process may
 * use, at most one per example of a batch.
 *
 * @throws RangeError unless `workers` is a positive integer or `'auto'`
 * @throws Error outside Node, or if the current backend is not wasm
 */
export function resolveWorkers(workers: WorkersOption, batchSize = Number.POSITIVE_INFINITY): number {
  if (workers !== 'auto' && !(Number.isSafeInteger(workers) && workers >= 1)) {
    throw new RangeError(`workers must be a positive integer or 'auto', but is ${JSON.stringify(workers)}.`);
  }
  if (typeof process === 'undefined' || typeof process.getBuiltinModule !== 'function') {
    throw new Error(
      'Replicas run on worker threads of Node (20.16 or newer), which this environment lacks. ' +
        'Train in this thread instead, with tf.variableGrads.',
    );
  }
  if (getBackend() !== 'wasm') {
    throw new Error(
      `Replicas compute on TensorFlow.js's wasm backend, but the current one is '${getBackend()}'. ` +
        `Call await tf.setBackend('wasm') first, or train in this thread.`,
    );
  }
  if (workers !== 'auto') return workers;
  return Math.max(1, Math.min(process.getBuiltinModule('node:os').availableParallelism(), batchSize));
}
