import { controlLength, PHASE } from './protocol';

/** The words that main thread and workers meet at. */
export interface Synchronization {
  readonly buffer: SharedArrayBuffer;
  /** Main thread, before a step: nobody has arrived anywhere. */
  reset(): void;
  /** Main thread: lets a worker go on that waits, or will wait, for the phase. */
  release(worker: number, phase: 'differentiated' | 'abandoned'): void;
  /** Worker: blocks until it is released. */
  waitForPhase(worker: number): 'differentiated' | 'abandoned';
  /** Worker: blocks until so many workers have arrived. */
  meet(workers: number): void;
}

/** @param shared a number of workers, to make the words, or the words that another thread made */
export function synchronization(shared: number | SharedArrayBuffer): Synchronization {
  const buffer =
    typeof shared === 'number'
      ? new SharedArrayBuffer(controlLength(shared) * Int32Array.BYTES_PER_ELEMENT)
      : shared;
  const words = new Int32Array(buffer);
  const barrier = words.length - 1;
  return {
    buffer,
    reset() {
      words.fill(0);
    },
    release(worker, phase) {
      Atomics.store(words, worker, PHASE[phase]);
      Atomics.notify(words, worker);
    },
    waitForPhase(worker) {
      while (Atomics.load(words, worker) === PHASE.waiting) Atomics.wait(words, worker, PHASE.waiting);
      return Atomics.load(words, worker) === PHASE.abandoned ? 'abandoned' : 'differentiated';
    },
    meet(workers) {
      let arrived = Atomics.add(words, barrier, 1) + 1;
      if (arrived === workers) Atomics.notify(words, barrier);
      while (arrived < workers) {
        Atomics.wait(words, barrier, arrived);
        arrived = Atomics.load(words, barrier);
      }
    },
  };
}
