import type { Tensor } from '@tensorflow/tfjs';
import type { SharedRows } from './protocol';
import { type ReusedBuffer, reusedBuffer, sizeOf } from './shared-memory';

/**
 * What the models read: one tensor that all of them see, or one entry per model, which is a list for a model with
 * several inputs. A tensor that occurs more than once is sent once.
 */
export type ReplicaInputs = Tensor | readonly (Tensor | readonly Tensor[])[];

/** A batch cut along its first axis, in shared memory. */
export interface ShardedInputs {
  /** Rows per worker, largest first; 0 for those that have nothing to do. */
  readonly rows: readonly number[];
  /** Per model, positions in each worker's inputs. */
  readonly reads: readonly (readonly number[])[];
  inputsOf(worker: number): readonly SharedRows[];
}

/** Cuts batches for so many workers; shared memory is kept from batch to batch. */
export function inputSharder(models: number, workers: number) {
  const buffers: ReusedBuffer[] = [];

  /** @throws Error for inputs that do not fit together */
  return (inputs: ReplicaInputs): ShardedInputs => {
    const perModel = listInputs(inputs, models);
    const tensors = [...new Set(perModel.flat())];
    const batch = requireOneBatch(tensors);
    const rows = shardRows(batch, workers);
    const shared = tensors.map((tensor, position) => {
      buffers[position] ??= reusedBuffer();
      const buffer = buffers[position].atLeast(tensor.size * Float32Array.BYTES_PER_ELEMENT);
      const values = tensor.dtype === 'int32' ? new Int32Array(buffer) : new Float32Array(buffer);
      values.set(tensor.dataSync());
      return { buffer, dtype: tensor.dtype as 'float32' | 'int32', rest: tensor.shape.slice(1) };
    });
    return {
      rows,
      reads: perModel.map((list) => list.map((tensor) => tensors.indexOf(tensor))),
      inputsOf(worker) {
        const before = rows.slice(0, worker).reduce((sum, count) => sum + count, 0);
        return shared.map(({ rest, ...given }) => ({
          ...given,
          byteOffset: before * sizeOf(rest) * Float32Array.BYTES_PER_ELEMENT,
          shape: [rows[worker] as number, ...rest],
        }));
      },
    };
  };
}

/** As even as can be: the first few get one row more. */
export function shardRows(batch: number, workers: number): number[] {
  return Array.from({ length: workers }, (_, worker) =>
    worker < batch % workers ? Math.ceil(batch / workers) : Math.floor(batch / workers),
  );
}

function listInputs(inputs: ReplicaInputs, models: number): Tensor[][] {
  if (!Array.isArray(inputs)) return Array.from({ length: models }, () => [inputs as Tensor]);
  if (inputs.length === models) return inputs.map((entry: Tensor | Tensor[]) => [entry].flat());
  throw new Error(
    `expected one tensor that every model reads, or ${models} entries, one per model, but got ${inputs.length} entries. ` +
      'Give a model with several inputs a list of its own: [[first, second]].',
  );
}

function requireOneBatch(tensors: readonly Tensor[]): number {
  const batch = tensors[0]?.shape[0] ?? 0;
  for (const { shape, dtype } of tensors) {
    if (shape.length === 0 || shape[0] !== batch || batch === 0) {
      throw new Error(
        `expected inputs with the batch first, of one length and not empty, but got the shapes ` +
          `${tensors.map((tensor) => `[${tensor.shape}]`).join(', ')}.`,
      );
    }
    if (dtype !== 'float32' && dtype !== 'int32') {
      throw new Error(`expected inputs of float32 or int32, but got ${dtype}. Cast them with tf.cast first.`);
    }
  }
  return batch;
}
