import {
  dispose,
  type LayersModel,
  type NamedTensorMap,
  type Scalar,
  type Tensor,
  type Variable,
  zerosLike,
} from '@tensorflow/tfjs';
import { differentiateOutputs, type ReplicaObjective } from './differentiate';
import { descriptionOfModel } from './model-spec';
import type { ReplicaReport } from './protocol';
import { inputSharder, type ReplicaInputs } from './shard-inputs';
import { readTensors, writeTensors } from './shared-memory';
import { synchronization } from './synchronization';
import { resolveWorkers, type WorkersOption } from './worker-count';
import { startWorkers } from './worker-pool';

export interface ReplicasOptions {
  /** Evaluated together in every step. They stay the caller's, and hold the truth: replicas follow their weights. */
  models: readonly LayersModel[];
  /** Threads, 1 included, or `'auto'`: one per core that this process may use. */
  workers: WorkersOption;
  /** Examples per step: `'auto'` starts no more workers than that. */
  batchSize?: number;
  /** ES modules (absolute URLs) that a worker imports first: they register the models' custom layers. */
  modules?: readonly string[];
}

/** Models copied to worker threads, to take gradients on all cores. */
export interface Replicas {
  readonly workers: number;
  /**
   * The data-parallel counterpart of `tf.variableGrads`: `value = objective(model₁(x), …)`, evaluated for training,
   * and its gradients with respect to `variables`, by default all trainable weights of the models.
   *
   * The batch (first axis) is cut into one shard per worker; shards may differ by one row. The objective is called
   * once, in this thread, with the outputs of the whole batch, so any loss will do, contrastive ones included, with
   * trainable parts of its own. Without BatchNorm the result is that of one thread up to rounding; with one worker
   * it is the same bits. BatchNorm normalizes per replica over its shard; the moving statistics are averaged over
   * replicas, weighted by rows, and written to the models. Seeded dropout draws another mask in each replica.
   *
   * `grads` has an entry by name for every variable: zeros where the objective does not reach it. The caller
   * disposes of the result. One call at a time.
   *
   * @throws ReplicaFailedError if a worker fails; all of them are ended
   * @throws whatever the objective throws; the replicas stay usable
   */
  variableGrads(
    inputs: ReplicaInputs,
    objective: ReplicaObjective,
    variables?: readonly Variable[],
  ): Promise<{ value: Scalar; grads: NamedTensorMap }>;
  /** Sends the models' present weights to every replica and looks at what it holds: for tests and diagnosis. */
  report(): Promise<ReplicaReport[]>;
  /** Ends all threads. The models are left to the caller. */
  dispose(): Promise<void>;
}

/**
 * Copies models to worker threads (Node; `wasm` backend), each with TensorFlow.js and the training kernels of this
 * package, and trains them data-parallel through shared memory. Weights are sent at the start of each step, so any
 * optimizer in this thread will do, and replicas are the same bits in every step.
 *
 * @throws RangeError unless `workers` is a positive integer or `'auto'`
 * @throws Error outside Node, on another backend, or for weights that are not float32
 * @throws ReplicaFailedError if a worker cannot rebuild a model: a custom layer needs `modules`
 * @example
 * const replicas = await createReplicas({ models: [model], workers: 'auto' });
 * const { value, grads } = await replicas.variableGrads(images, ([logits]) =>
 *   tf.losses.softmaxCrossEntropy(labels, logits as tf.Tensor2D),
 * );
 * optimizer.applyGradients(grads);
 * tf.dispose([value, grads]);
 * await replicas.dispose();
 */
export async function createReplicas(options: ReplicasOptions): Promise<Replicas> {
  const { models, batchSize, modules = [] } = options;
  const workers = resolveWorkers(options.workers, batchSize);
  const read = (weights: LayersModel['weights']) => weights.map((weight) => weight.read() as Variable);
  const trainable = models.flatMap((model) => read(model.trainableWeights));
  const fixed = models.flatMap((model) => read(model.nonTrainableWeights));
  if (trainable.length === 0)
    throw new Error('createReplicas: expected models with trainable weights, got none.');
  const all = [...trainable, ...fixed];
  const sizes = all.map(({ size }) => size);
  const bytes = sizes.reduce((sum, size) => sum + size, 0) * Float32Array.BYTES_PER_ELEMENT;
  const shared = new SharedArrayBuffer(bytes);
  const partials = Array.from({ length: workers }, () => new SharedArrayBuffer(bytes));
  const weights = new Float32Array(shared);
  const reduced = new Float32Array(partials[0] as SharedArrayBuffer);
  const meeting = synchronization(workers);
  const shard = inputSharder(models.length, workers);
  const pool = await startWorkers(
    Array.from({ length: workers }, (_, index) => ({
      index,
      modules,
      models: models.map((model) => descriptionOfModel(model, index)),
      control: meeting.buffer,
      weights: shared,
      partials,
    })),
  );

  let busy = false;
  const exclusively = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    if (busy) throw new Error('These replicas are in the middle of a step: await it before the next call.');
    busy = true;
    pool.setBusy(true);
    try {
      return await work();
    } finally {
      busy = false;
      pool.setBusy(false);
    }
  };

  return {
    workers,
    variableGrads: (inputs, objective, variables = trainable) =>
      exclusively(async () => {
        const { rows, reads, inputsOf } = shard(inputs);
        const active = rows.filter((count) => count > 0).length;
        writeTensors(weights, all, sizes);
        meeting.reset();
        for (let worker = 0; worker < active; worker++) {
          pool.send(worker, { type: 'step', inputs: inputsOf(worker), reads, rows });
        }
        const outputs = await pool.gather('outputs', active);
        const release = (phase: 'differentiated' | 'abandoned') => {
          for (let worker = 0; worker < active; worker++) meeting.release(worker, phase);
        };
        let result: ReturnType<typeof differentiateOutputs>;
        try {
          result = differentiateOutputs(outputs, objective, variables);
        } catch (error) {
          release('abandoned');
          await pool.gather('done', active);
          throw error;
        }
        release('differentiated');
        try {
          await pool.gather('done', active);
        } catch (error) {
          dispose([result.value, ...result.grads.filter((grad) => grad !== undefined)]);
          throw error;
        }
        const gradients = readTensors(
          reduced,
          all.map(({ shape }) => shape),
        );
        fixed.forEach((variable, index) => {
          variable.assign(gradients[trainable.length + index] as Tensor);
        });
        dispose(gradients.slice(trainable.length));
        const fromWorkers = new Map(
          trainable.map((variable, index) => [variable, gradients[index] as Tensor]),
        );
        return { value: result.value, grads: nameGradients(variables, fromWorkers, result.grads) };
      }),
    report: () =>
      exclusively(async () => {
        writeTensors(weights, all, sizes);
        for (let worker = 0; worker < workers; worker++) pool.send(worker, { type: 'report' });
        return (await pool.gather('report', workers)).map(({ report }) => report);
      }),
    dispose: () => pool.dispose(),
  };
}

/** Joins both sources of gradients, and disposes of those that nobody asked for. */
function nameGradients(
  variables: readonly Variable[],
  fromWorkers: ReadonlyMap<Variable, Tensor>,
  own: readonly (Tensor | undefined)[],
): NamedTensorMap {
  const named: NamedTensorMap = {};
  variables.forEach((variable, index) => {
    const [theirs, ours] = [fromWorkers.get(variable), own[index]];
    if (theirs !== undefined && ours !== undefined) {
      // The objective reads a weight of the models itself, say for a penalty on its length.
      named[variable.name] = theirs.add(ours);
      dispose([theirs, ours]);
    } else named[variable.name] = theirs ?? ours ?? zerosLike(variable);
  });
  for (const [variable, gradient] of fromWorkers) if (!variables.includes(variable)) gradient.dispose();
  return named;
}
