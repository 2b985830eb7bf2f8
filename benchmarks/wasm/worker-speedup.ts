import { createReplicas } from '@factornet/backend-wasm/workers';
import { dispose, losses, type Tensor2D, train } from '@tensorflow/tfjs';
import { networks } from './networks';
import { median, type Repeats } from './timing';
import { randomBatch } from './training-passes';

const batch = 32;

export interface WorkerSpeedup {
  /** Images per second of that many workers over those of one. */
  readonly workerSpeedup: Readonly<Record<'2', number>>;
  /** Per step, by number of workers. */
  readonly milliseconds: Readonly<Record<'1' | '2', number>>;
}

/** ResNet-18's step on worker threads, gradients and update; one pool at a time, so that each has all cores. */
export async function measureWorkerSpeedup(repeats: Repeats, warmUp: number): Promise<WorkerSpeedup> {
  const model = networks.resnet18.create();
  const { pictures, labels } = randomBatch(networks.resnet18, batch);
  const optimizer = train.sgd(1e-3);
  const medianStep = async (workers: number) => {
    const replicas = await createReplicas({ models: [model], workers });
    const millisecondsOfStep = async () => {
      const start = performance.now();
      const { value, grads } = await replicas.variableGrads(pictures, ([logits]) =>
        losses.softmaxCrossEntropy(labels, logits as Tensor2D),
      );
      optimizer.applyGradients(grads);
      dispose([value, grads]);
      return performance.now() - start;
    };
    try {
      for (let step = 0; step < warmUp; step++) await millisecondsOfStep();
      return await medianOfRepeats(millisecondsOfStep, repeats);
    } finally {
      await replicas.dispose();
    }
  };
  try {
    const one = await medianStep(1);
    const two = await medianStep(2);
    return { workerSpeedup: { 2: one / two }, milliseconds: { 1: one, 2: two } };
  } finally {
    for (const each of [pictures, labels, model, optimizer]) each.dispose();
  }
}

async function medianOfRepeats(measure: () => Promise<number>, repeats: Repeats): Promise<number> {
  const samples: number[] = [];
  const begin = performance.now();
  while (samples.length < repeats.atMost) {
    if (samples.length >= repeats.atLeast && performance.now() - begin > repeats.seconds * 1000) break;
    samples.push(await measure());
  }
  return median(samples);
}
