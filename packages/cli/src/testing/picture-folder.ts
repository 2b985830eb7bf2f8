import { mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { randomStream } from '@factornet/core/training';
import sharp from 'sharp';

const colours = {
  red: [0.8, 0.2, 0.2],
  green: [0.2, 0.8, 0.2],
  blue: [0.2, 0.2, 0.8],
  white: [0.8, 0.8, 0.8],
} as const;

export type Colour = keyof typeof colours;

/** Writes a folder with a sub-folder of noisy 20×20 pictures for each colour: an image folder that is easy to learn. */
export async function writePictureFolder(
  directory: string,
  classes: readonly Colour[],
  perClass = 12,
): Promise<string> {
  const raw = { width: 20, height: 20, channels: 3 } as const;
  for (const colour of classes) {
    await mkdir(join(directory, colour), { recursive: true });
    for (let index = 0; index < perClass; index++) {
      const stream = randomStream(0, basename(directory), colour, index);
      const bytes = Uint8Array.from({ length: 20 * 20 * 3 }, (_, position) => {
        const value = colours[colour][position % 3] as number;
        return Math.round(255 * Math.min(1, Math.max(0, value + 0.1 * stream.normal())));
      });
      await sharp(bytes, { raw })
        .png()
        .toFile(join(directory, colour, `${index}.png`));
    }
  }
  return directory;
}
