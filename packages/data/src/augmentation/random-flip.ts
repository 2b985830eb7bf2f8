import { InvalidOptionError } from '@factornet/spec';
import type { Augmentation } from './augmentation';
import { movePictures } from './move-pictures';

export interface RandomFlipOptions {
  /** Default 0.5. */
  probability?: number;
}

/** Mirrors a picture left to right, with the given probability. */
export function randomFlip({ probability = 0.5 }: RandomFlipOptions = {}): Augmentation {
  if (!(probability >= 0 && probability <= 1)) {
    throw new InvalidOptionError({ option: 'probability', expected: 'from 0 to 1', received: probability });
  }
  return {
    name: `random-flip(${probability})`,
    apply: (batch, imageShape, stream) =>
      movePictures(batch, imageShape, () => ({
        flip: stream.uniform() < probability,
        right: 0,
        down: 0,
      })),
  };
}
