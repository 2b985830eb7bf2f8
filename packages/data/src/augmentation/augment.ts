import type { RandomStream } from '@factornet/core/training';
import type { ExampleBatch } from '../dataset';
import type { Augmentation } from './augmentation';
import { randomFlip } from './random-flip';
import { randomShift } from './random-shift';

export interface AugmentationOptions {
  /** Mirrors half of the pictures left to right. Default false. */
  flip?: boolean;
  /** Shifts by at most this many pixels along each axis. Default 0. */
  shift?: number;
}

/**
 * A copy of a batch, its pictures mirrored and shifted at random. Open the stream from seed, epoch and step,
 * and a resumed training sees what an uninterrupted one would have seen.
 *
 * @throws InvalidOptionError for a shift that is not a whole number of pixels
 * @example
 * const stream = randomStream(seed, 'augment', epoch, step);
 * const augmented = augment(batch, dataset.imageShape, { flip: true, shift: 4 }, stream);
 */
export function augment(
  batch: ExampleBatch,
  imageShape: readonly [number, number, number],
  { flip = false, shift = 0 }: AugmentationOptions,
  stream: RandomStream,
): ExampleBatch {
  const steps: Augmentation[] = [];
  if (flip) steps.push(randomFlip());
  if (shift !== 0) steps.push(randomShift({ pixels: shift }));
  return steps.reduce((changed, step) => step.apply(changed, imageShape, stream), batch);
}
