/**
 * What the main thread and its workers say to each other. One step:
 *
 * 1. main → workers: `step`, with the inputs in shared memory
 * 2. worker → main: `outputs`, in shared memory; the worker then blocks inside its forward pass, the tape open
 * 3. main → worker: the phase word, after it wrote the gradient of the objective with respect to the outputs
 * 4. worker → main: `done`, after all workers together have summed their gradients in shared memory
 *
 * Workers speak by messages, so that the main thread stays responsive; it answers a blocked worker by `Atomics`.
 */

/** What a worker blocks on until the main thread has differentiated the objective. */
export const PHASE = {
  waiting: 0,
  /** The gradients of the outputs are in shared memory. */
  differentiated: 1,
  /** The objective threw: the step comes to nothing. */
  abandoned: 2,
} as const;

/** Words of the control block: one phase per worker, then the number that arrived at the barrier. */
export function controlLength(workers: number): number {
  return workers + 1;
}

export interface WeightSpec {
  /** Name within the model, before TensorFlow.js makes it unique. */
  readonly name: string;
  readonly shape: readonly number[];
}

/** One model as a worker gets it: standard Layers JSON, and the weights it must come to. */
export interface ModelSpec {
  readonly name: string;
  readonly topology: object;
  readonly trainable: readonly WeightSpec[];
  /** Statistics and frozen weights. */
  readonly fixed: readonly WeightSpec[];
}

/** What a worker starts from. */
export interface ReplicaSettings {
  readonly index: number;
  /** ES modules to import first: they register custom layers. */
  readonly modules: readonly string[];
  readonly models: readonly ModelSpec[];
  readonly control: SharedArrayBuffer;
  /** All trainable weights, then all fixed ones, in float32. */
  readonly weights: SharedArrayBuffer;
  /** Per worker, laid out as the weights: its gradients, then its fixed weights after the forward pass. */
  readonly partials: readonly SharedArrayBuffer[];
}

/** A worker's rows of one tensor in shared memory. */
export interface SharedRows {
  readonly buffer: SharedArrayBuffer;
  readonly dtype: 'float32' | 'int32';
  readonly byteOffset: number;
  readonly shape: readonly number[];
}

export interface StepMessage {
  readonly type: 'step';
  readonly inputs: readonly SharedRows[];
  /** Per model, the inputs it reads, as positions in `inputs`. */
  readonly reads: readonly (readonly number[])[];
  /** Rows per worker; the workers without rows sit the step out. */
  readonly rows: readonly number[];
}

export type ToWorker = StepMessage | { readonly type: 'report' };

/** A worker's outputs, one after the other, model by model. */
export interface OutputsMessage {
  readonly type: 'outputs';
  /** Shapes per model; a model with one output gives a list of one. */
  readonly shapes: readonly (readonly (readonly number[])[])[];
  readonly values: SharedArrayBuffer;
  /** Where the gradients go, laid out as the values. */
  readonly gradients: SharedArrayBuffer;
  /** Per output, 1 if the main thread wrote a gradient for it. */
  readonly reached: SharedArrayBuffer;
}

/** What a replica looks like from inside. */
export interface ReplicaReport {
  /** SHA-256 of all weights, in hexadecimal. */
  readonly digest: string;
  /** `tf.memory().numTensors` of the worker. */
  readonly tensors: number;
  readonly heapBytes: number;
}

export type FromWorker =
  | { readonly type: 'ready' }
  | OutputsMessage
  | { readonly type: 'done' }
  | { readonly type: 'report'; readonly report: ReplicaReport }
  | { readonly type: 'failed'; readonly error: unknown };
