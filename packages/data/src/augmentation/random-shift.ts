import { InvalidOptionError } from '@factornet/spec';
import type { Augmentation } from './augmentation';
import { movePictures } from './move-pictures';

export interface RandomShiftOptions {
  /** At most this far along each axis, either way. Default 4. */
  pixels?: number;
}

/**
 * Shifts a picture by a whole number of pixels and fills the rest with black: the same as a random crop from
 * the picture padded with `pixels` zeros on each side.
 */
export function randomShift({ pixels = 4 }: RandomShiftOptions = {}): Augmentation {
  if (!Number.isInteger(pixels) || pixels < 0) {
    throw new InvalidOptionError({
      option: 'pixels',
      expected: 'an integer of at least 0',
      received: pixels,
    });
  }
  return {
    name: `random-shift(${pixels})`,
    apply: (batch, imageShape, stream) =>
      movePictures(batch, imageShape, () => ({
        flip: false,
        right: stream.integer(2 * pixels + 1) - pixels,
        down: stream.integer(2 * pixels + 1) - pixels,
      })),
  };
}
