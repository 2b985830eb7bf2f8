import type { Worker } from 'node:worker_threads';
import type { FromWorker, ReplicaSettings, ToWorker } from './protocol';
import { ReplicaFailedError } from './replica-failed-error';

/** Worker threads that live and die together. */
export interface WorkerPool {
  readonly size: number;
  send(worker: number, message: ToWorker): void;
  /** The next message of each of the first `count` workers. @throws ReplicaFailedError if any worker fails */
  gather<Type extends FromWorker['type']>(
    type: Type,
    count: number,
  ): Promise<Extract<FromWorker, { type: Type }>[]>;
  /** While busy, the workers keep the process alive; idle ones do not. */
  setBusy(busy: boolean): void;
  /** Ends all threads; what is being waited for is refused. */
  dispose(): Promise<void>;
}

const hints = {
  atStart:
    'Workers rebuild models from their JSON: name the ES module that registers their custom layers in `modules`.',
  duringStep:
    'The other workers have been ended, and the models hold the weights of the last complete step. ' +
    'Start again from there, with fewer workers if memory was short.',
};

interface Thread {
  readonly worker: Worker;
  readonly arrived: FromWorker[];
  waiting: { resolve(message: FromWorker): void; reject(reason: unknown): void } | undefined;
}

/** Under `node --input-type=module -e …` a worker would refuse to run a file; other flags are inherited. */
function execArgvForFile(): { execArgv?: string[] } {
  const forFile = process.execArgv.filter((flag) => !flag.startsWith('--input-type'));
  return forFile.length < process.execArgv.length ? { execArgv: forFile } : {};
}

/**
 * Starts one worker thread per settings.
 *
 * @throws ReplicaFailedError if one does not come up; the others are ended
 */
export async function startWorkers(settings: readonly ReplicaSettings[]): Promise<WorkerPool> {
  // Not imported: bundlers for browsers stumble over node: modules, even where they are never reached.
  const { Worker } = process.getBuiltinModule('node:worker_threads');
  // Nor written as bundlers look for it: the worker is Node's, and a page would carry it along.
  const file = new URL('./replica-worker.js', String(import.meta.url));
  let ended: unknown;
  let started = false;
  const threads = settings.map((workerData, index): Thread => {
    const worker = new Worker(file, {
      workerData,
      name: `replica ${index}`,
      ...execArgvForFile(),
    });
    const thread: Thread = { worker, arrived: [], waiting: undefined };
    worker.on('message', (message: FromWorker) => {
      if (message.type === 'failed') {
        failWith(index, message.error);
      } else if (thread.waiting === undefined) thread.arrived.push(message);
      else {
        thread.waiting.resolve(message);
        thread.waiting = undefined;
      }
    });
    worker.on('messageerror', (error) => fail(index, `sent an unreadable message: ${error.message}`, error));
    worker.on('error', (error) => failWith(index, error));
    worker.on('exit', (code) => fail(index, `exited with code ${code}`));
    return thread;
  });

  const end = (reason: unknown) => {
    if (ended !== undefined) return;
    ended = reason;
    for (const thread of threads) {
      thread.waiting?.reject(reason);
      thread.waiting = undefined;
      void thread.worker.terminate();
    }
  };
  const fail = (worker: number, reason: string, cause?: unknown) =>
    end(new ReplicaFailedError({ worker, reason, cause, hint: started ? hints.duringStep : hints.atStart }));
  const failWith = (worker: number, error: unknown) => {
    const message = error instanceof Error ? error.message : String(error);
    fail(worker, `failed: ${message.replace(/\.+$/, '')}`, error);
  };
  const next = (thread: Thread): Promise<FromWorker> => {
    const message = thread.arrived.shift();
    if (message !== undefined) return Promise.resolve(message);
    if (ended !== undefined) return Promise.reject(ended);
    return new Promise((resolve, reject) => {
      thread.waiting = { resolve, reject };
    });
  };

  const pool: WorkerPool = {
    size: threads.length,
    send(worker, message) {
      if (ended !== undefined) throw ended;
      threads[worker]?.worker.postMessage(message);
    },
    async gather(type, count) {
      const messages = await Promise.all(threads.slice(0, count).map(next));
      for (const message of messages) {
        if (message.type !== type) throw new Error(`expected '${type}' of a worker, got '${message.type}'`);
      }
      return messages as Extract<FromWorker, { type: typeof type }>[];
    },
    setBusy(busy) {
      for (const { worker } of threads) {
        if (busy) worker.ref();
        else worker.unref();
      }
    },
    async dispose() {
      end(new Error('These replicas have been disposed of; make new ones with createReplicas.'));
      await Promise.all(threads.map(({ worker }) => worker.terminate()));
    },
  };
  await pool.gather('ready', pool.size);
  started = true;
  pool.setBusy(false);
  return pool;
}
