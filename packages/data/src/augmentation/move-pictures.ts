import type { ExampleBatch } from '../dataset';

export interface Move {
  /** Left to right, before shifting. */
  readonly flip: boolean;
  /** Pixels. */
  readonly right: number;
  /** Pixels. */
  readonly down: number;
}

/** Mirrors and shifts each picture of a batch as `moveOf` says, in a copy; uncovered pixels become black. */
export function movePictures(
  batch: ExampleBatch,
  [height, width, channels]: readonly [number, number, number],
  moveOf: () => Move,
): ExampleBatch {
  const source = batch.images;
  const images = new Float32Array(source.length);
  for (let example = 0; example < batch.size; example++) {
    const { flip, right, down } = moveOf();
    const first = example * height * width * channels;
    for (let row = Math.max(0, down); row < Math.min(height, height + down); row++) {
      for (let column = Math.max(0, right); column < Math.min(width, width + right); column++) {
        const fromColumn = flip ? width - 1 - (column - right) : column - right;
        const from = first + ((row - down) * width + fromColumn) * channels;
        const to = first + (row * width + column) * channels;
        for (let channel = 0; channel < channels; channel++) {
          images[to + channel] = source[from + channel] as number;
        }
      }
    }
  }
  return { ...batch, images };
}
