import type { RandomStream } from '@factornet/core/training';
import type { ExampleBatch } from '../dataset';

/** A random change of pictures that keeps their labels true: a plug-in, made by a factory. */
export interface Augmentation {
  /** With its options; goes into provenance. */
  readonly name: string;
  /** A changed copy of the batch; the batch itself stays as it is. Random through `stream` alone. */
  apply(
    batch: ExampleBatch,
    imageShape: readonly [number, number, number],
    stream: RandomStream,
  ): ExampleBatch;
}
