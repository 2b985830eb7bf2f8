import { findBackendFactory, registerBackend, removeBackend, setBackend } from '@tensorflow/tfjs';

/**
 * Makes a registered backend TensorFlow.js's current one.
 *
 * @param threads whether it may start worker threads
 * @throws Error if it does not come up in time, or its worker threads fail, for which TensorFlow.js would wait forever
 */
export async function select(name: string, threads = false): Promise<void> {
  const done = new AbortController();
  const failed = (reason: string) => {
    // TensorFlow.js would go on waiting for it, or choose it, whatever other backend is asked for.
    const factory = findBackendFactory(name);
    removeBackend(name);
    registerBackend(name, factory, 0);
    return new Error(reason);
  };
  const stuck = new Promise<never>((_, reject) => {
    const limit = setTimeout(() => reject(failed('not ready after 30 seconds')), 30_000);
    done.signal.onabort = () => clearTimeout(limit);
    // Emscripten throws the event by which it hears of a worker's error; nobody else throws events.
    const listener = ({ error }: ErrorEvent) =>
      error instanceof Event && reject(failed('its worker threads fail'));
    if (threads) globalThis.addEventListener?.('error', listener, done);
  });
  try {
    if (!(await Promise.race([setBackend(name), stuck]))) throw failed(failure(name));
  } finally {
    done.abort();
  }
}

/** TensorFlow.js prints why, and tells no program; in a page it is the place of a file, as a rule. */
function failure(name: string): string {
  const files = performance.getEntriesByType('resource').filter((entry) => entry.name.includes('.wasm'));
  const from = name === 'wasm' && files.at(-1)?.name;
  return `TensorFlow.js could not initialize it${from ? ` from ${from}: say where its files are with setWasmPaths` : ''}`;
}
