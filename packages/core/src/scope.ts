import { dispose, type Tensor, type TensorContainer } from '@tensorflow/tfjs';

/** Collects tensors over asynchronous work; everything kept here is disposed of when the scope ends. */
export interface Scope {
  /** Hands `container` back and disposes of its tensors at the end of the scope. */
  keep<T extends TensorContainer>(container: T): T;
}

/**
 * `tf.tidy` for asynchronous functions: disposes of what `body` kept, on success and on error.
 *
 * Tensors that `body` makes but does not keep stay alive, so wrap synchronous parts in `tf.tidy`.
 *
 * @example
 * const values = await withScope(async (scope) => {
 *   const logits = scope.keep(model.predict(images) as Tensor);
 *   return await logits.data();
 * });
 */
export async function withScope<T>(body: (scope: Scope) => Promise<T>): Promise<T> {
  const kept: TensorContainer[] = [];
  try {
    return await body({
      keep(container) {
        kept.push(container);
        return container;
      },
    });
  } finally {
    dispose(kept as Tensor[]);
  }
}
