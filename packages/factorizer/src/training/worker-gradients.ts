import { InvalidOptionError } from '@factornet/spec';
import { WorkerFailedError } from '@factornet/spec/training';
import { getBackend, type LayersModel } from '@tensorflow/tfjs';
import { gradientsHere, type NetworkGradients } from './network-gradients';
import { refuseLargeSteps } from './step-memory';

/** `1`: train in this thread. More: on so many worker threads. `'auto'`: on all cores, where that is possible. */
export type WorkersOption = number | 'auto';

/**
 * Gradients of networks on as many worker threads as asked for.
 *
 * @param apart one worker thread for the whole batch, in place of `workers`: the bits are those of this thread, which is free
 * for something else meanwhile
 * @throws InvalidOptionError unless `workers` is a positive integer or `'auto'`, or if more than one is asked for
 * where there is no Node, no wasm backend, no `@factornet/backend-wasm`, or a network that a worker cannot rebuild
 * @throws StepTooLargeError if a step does not fit on the WASM heap of a thread
 */
export async function openGradients(
  networks: readonly LayersModel[],
  {
    workers = 1,
    apart = false,
    batchSize,
  }: { workers?: WorkersOption | undefined; apart?: boolean | undefined; batchSize: number },
): Promise<NetworkGradients> {
  const replicas = await findReplicas(workers);
  const count = apart || replicas === undefined ? 1 : replicas.resolveWorkers(workers, batchSize);
  refuseLargeSteps(networks, Math.ceil(batchSize / count));
  if (replicas === undefined || (count === 1 && !apart)) return gradientsHere(networks);
  return gradientsOnWorkers(networks, replicas, count);
}

/**
 * How many of some trainings may go on at once, each with its networks on a worker thread of its own: see `apart`.
 *
 * @throws InvalidOptionError as {@link openGradients}
 */
export async function trainingsAtOnce(workers: WorkersOption = 1, trainings: number): Promise<number> {
  const replicas = await findReplicas(workers);
  return replicas === undefined ? 1 : replicas.resolveWorkers(workers, trainings);
}

/** What starts workers, if there are to be any. @throws InvalidOptionError */
async function findReplicas(workers: WorkersOption): Promise<Workers | undefined> {
  requireWorkers(workers);
  if (workers === 1) return undefined;
  const replicas = findObstacle() ?? (await importReplicas());
  if (typeof replicas !== 'string') return replicas;
  if (workers === 'auto') return undefined;
  throw new InvalidOptionError({
    option: 'workers',
    expected: `1 or 'auto', since ${replicas}`,
    received: workers,
  });
}

/** @throws InvalidOptionError */
function requireWorkers(workers: WorkersOption): void {
  if (workers === 'auto' || (Number.isSafeInteger(workers) && workers >= 1)) return;
  throw new InvalidOptionError({
    option: 'workers',
    expected: "a whole number from 1, or 'auto'",
    received: workers,
  });
}

function findObstacle(): string | undefined {
  if (typeof process === 'undefined' || typeof process.getBuiltinModule !== 'function') {
    return 'worker threads need Node (20.16 or newer)';
  }
  if (getBackend() !== 'wasm') {
    return `worker threads compute on the backend "wasm" and the current one is "${getBackend()}"`;
  }
  return undefined;
}

type Workers = typeof import('@factornet/backend-wasm/workers');

/** The optional peer, or why it cannot be had. */
async function importReplicas(): Promise<Workers | string> {
  try {
    return await import('@factornet/backend-wasm/workers');
  } catch (error) {
    return `@factornet/backend-wasm cannot be loaded (${(error as Error).message})`;
  }
}

async function gradientsOnWorkers(
  networks: readonly LayersModel[],
  { createReplicas, ReplicaFailedError }: Workers,
  workers: number,
): Promise<NetworkGradients> {
  const replicas = await createReplicas({ models: networks, workers }).catch((error: unknown) => {
    if (!ReplicaFailedError.isInstance(error)) throw error;
    throw new InvalidOptionError(
      {
        option: 'workers',
        expected: `1, since worker ${error.worker} cannot start (${error.reason})`,
        received: workers,
      },
      { cause: error },
    );
  });
  const explain = (error: unknown): never => {
    if (!ReplicaFailedError.isInstance(error)) throw error;
    const { worker, reason, hint } = error;
    throw new WorkerFailedError({ worker, reason }, { hint, cause: error });
  };
  return {
    take: (inputs, objective, variables) =>
      replicas.variableGrads(inputs, objective, variables).catch(explain),
    dispose: () => replicas.dispose(),
  };
}
