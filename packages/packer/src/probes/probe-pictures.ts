import { randomStream } from '@factornet/core/training';
import type { InputDescription } from '@factornet/spec';

/**
 * Pictures for golden probes where none are given: smooth random fields, `[count, height, width, channels]` as bytes,
 * value · 255. Equal arguments give equal bytes on every machine.
 *
 * Each channel interpolates a grid of 4 × 4 random values, so that there are edges and areas as in photographs, and
 * not white noise, on which convolutional networks see nothing.
 */
export function probePictures(
  { shape: [height, width, channels] }: Pick<InputDescription, 'shape'>,
  count: number,
): Uint8Array<ArrayBuffer> {
  const pictures = new Uint8Array(count * height * width * channels);
  for (let picture = 0; picture < count; picture++) {
    for (let channel = 0; channel < channels; channel++) {
      const stream = randomStream(0, 'probe', picture, channel);
      const grid = Array.from({ length: 16 }, () => stream.uniform());
      for (let row = 0; row < height; row++) {
        for (let column = 0; column < width; column++) {
          const value = interpolate(
            grid,
            (3 * row) / Math.max(1, height - 1),
            (3 * column) / Math.max(1, width - 1),
          );
          pictures[((picture * height + row) * width + column) * channels + channel] = Math.round(
            255 * value,
          );
        }
      }
    }
  }
  return pictures;
}

function interpolate(grid: readonly number[], y: number, x: number): number {
  const [top, left] = [Math.min(2, Math.floor(y)), Math.min(2, Math.floor(x))];
  const at = (row: number, column: number) => grid[row * 4 + column] as number;
  const mix = (from: number, to: number, share: number) => from + (to - from) * share;
  const upper = mix(at(top, left), at(top, left + 1), x - left);
  const lower = mix(at(top + 1, left), at(top + 1, left + 1), x - left);
  return mix(upper, lower, y - top);
}
