import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import { ready, setBackend } from '@tensorflow/tfjs';
// Not '../index': its registration on import would move to a chunk that bundlers take for free of side effects.
import { registerTrainingKernels } from '../register-training-kernels';
import type { FromWorker, ReplicaSettings, ToWorker } from './protocol';
import { createReplica } from './replica';

if (isMainThread || parentPort === null) {
  throw new Error(
    'This file runs in a worker thread that createReplicas of @factornet/backend-wasm/workers starts.',
  );
}
const port = parentPort;
const settings = workerData as ReplicaSettings;
const say = (message: FromWorker) => port.postMessage(message);

async function run(): Promise<void> {
  registerTrainingKernels();
  await setBackend('wasm');
  await ready();
  for (const module of settings.modules) await import(module);
  const replica = await createReplica(settings);
  port.on('message', (message: ToWorker) => {
    try {
      if (message.type === 'report') {
        say({ type: 'report', report: replica.report() });
        return;
      }
      replica.step(message, say);
      say({ type: 'done' });
    } catch (error) {
      say({ type: 'failed', error });
    }
  });
  say({ type: 'ready' });
}

run().catch((error: unknown) => say({ type: 'failed', error }));
