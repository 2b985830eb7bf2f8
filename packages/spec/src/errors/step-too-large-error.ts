import { errorClass } from './error-class';

export interface StepTooLargeErrorFields {
  /** Pictures that one thread was to compute on. */
  batchSize: number;
  /** Estimated. */
  bytes: number;
  /** Bytes that the heap can have. */
  heap: number;
  /** The largest batch of one thread that fits. */
  largest: number;
}

const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`;

/** A training step would not fit on the WASM heap; nothing was trained. */
export const StepTooLargeError = /* @__PURE__ */ errorClass<StepTooLargeErrorFields>(
  'step-too-large',
  ({ batchSize, bytes, heap, largest }) =>
    `A training step on ${batchSize} pictures takes about ${gigabytes(bytes)}, more than the ${gigabytes(heap)} that the WASM heap can have; the largest batch that fits is ${largest}.`,
);
export type StepTooLargeError = InstanceType<typeof StepTooLargeError>;
