import type { RandomStream } from '@factornet/core/training';
import { sineAndCosine } from './exact-trigonometry';
import { colourOf } from './hues';
import { largestReach, type Outline } from './outlines';
import type { ShapeFactors } from './shape-factors';
import { signedDistance } from './signed-distance';

export interface RenderRequest {
  readonly factors: ShapeFactors;
  readonly outline: Outline;
  readonly imageSize: number;
  /** Standard deviation per pixel and channel, in units of white. */
  readonly noise: number;
  readonly noiseStream: RandomStream;
}

/**
 * Draws one picture, 8 bits per channel, row by row. Edges are smoothed by the distance to the outline: half a pixel outside is
 * background, half a pixel inside is object. Uses only operations whose results IEEE 754 fixes.
 */
export function renderShape({ factors, outline, imageSize, noise, noiseStream }: RenderRequest): Uint8Array {
  const { x, y, radius, rotation, brightness } = factors;
  const object = colourOf(factors.objectHue, factors.objectSaturation, factors.objectValue);
  const background = colourOf(factors.backgroundHue, factors.backgroundSaturation, factors.backgroundValue);
  const { sine, cosine } = sineAndCosine(rotation);
  const reach = radius * largestReach + 1;
  const bytes = new Uint8Array(imageSize * imageSize * 3);
  let offset = 0;
  for (let row = 0; row < imageSize; row++) {
    const down = row + 0.5 - y;
    for (let column = 0; column < imageSize; column++) {
      const right = column + 0.5 - x;
      let cover = 0;
      if (right * right + down * down < reach * reach) {
        const across = (cosine * right + sine * down) / radius;
        const along = (cosine * down - sine * right) / radius;
        cover = Math.min(1, Math.max(0, 0.5 - signedDistance(outline, across, along) * radius));
      }
      for (let channel = 0; channel < 3; channel++) {
        const behind = background[channel] as number;
        const colour = (behind + cover * ((object[channel] as number) - behind)) * brightness;
        const value = noise === 0 ? colour : colour + noise * nearlyNormal(noiseStream);
        bytes[offset++] = Math.floor(Math.min(1, Math.max(0, value)) * 255 + 0.5);
      }
    }
  }
  return bytes;
}

/** Standard deviation of a sum of four bytes. */
const byteSumDeviation = Math.sqrt((4 * (256 * 256 - 1)) / 12);

/**
 * Mean 0, variance 1, nearly Gaussian: the four bytes of one draw, summed (Irwin–Hall). A true normal needs
 * a logarithm, which engines round differently.
 */
function nearlyNormal(stream: RandomStream): number {
  const bits = stream.uniform() * 2 ** 32;
  const sum = (bits & 255) + ((bits >>> 8) & 255) + ((bits >>> 16) & 255) + (bits >>> 24);
  return (sum - 510) / byteSumDeviation;
}
