import { FactornetError, type FactornetErrorOptions } from './factornet-error';

const CODE = 'heap-full';

export interface HeapFullErrorFields {
  /** Bytes that the heap has now; it did not grow. */
  heap: number;
  /** Bytes that were asked for, unless a kernel of TensorFlow.js asked from within. */
  requested?: number | undefined;
}

/** The heap of TensorFlow.js's WASM backend, 4 GB at most, cannot hold one more tensor. Those that it holds are as they were. */
export class HeapFullError extends FactornetError {
  declare readonly heap: number;
  declare readonly requested: number | undefined;

  constructor(fields: HeapFullErrorFields, options?: FactornetErrorOptions) {
    const { heap, requested = 'some' } = fields;
    super(
      CODE,
      `The WASM heap of ${heap} bytes is full: there is no room for ${requested} more.`,
      options,
      fields,
    );
  }

  static override isInstance(error: unknown): error is HeapFullError {
    return FactornetError.hasCode(error, CODE);
  }
}
