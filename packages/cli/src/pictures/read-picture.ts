import { readFile } from 'node:fs/promises';
import { FactornetError, MissingFileError, ShapeMismatchError } from '@factornet/spec';
import sharp from 'sharp';

export interface ReadPictureOptions {
  /** `[height, width, channels]` that the network wants. */
  readonly shape: readonly [number, number, number];
  /** Cuts (around the centre) and scales a picture of another size. */
  readonly resize: boolean;
}

/**
 * One picture as a network is fed it: `[height, width, channels]`, values in [0, 1], turned upright.
 *
 * @throws MissingFileError, ShapeMismatchError, or FactornetError `undecodable-picture`
 */
export async function readPicture(
  path: string,
  { shape, resize }: ReadPictureOptions,
): Promise<Float32Array> {
  const [height, width, channels] = shape;
  const encoded = await readFile(path).catch((cause: unknown) => {
    throw new MissingFileError({ path }, { cause, hint: 'Name a JPEG or PNG file.' });
  });
  // sharp would take SVG, PDF and more: formats that can name other files, and that no network was trained on.
  if (!isJpeg(encoded) && !isPng(encoded)) throw undecodable(path, 'it is neither JPEG nor PNG');
  const upright = sharp(encoded, { failOn: 'error' }).autoOrient();
  const sized = resize ? upright.resize(width, height, { fit: 'cover' }) : upright;
  const coloured = channels === 1 ? sized.toColourspace('b-w') : sized.toColourspace('srgb');
  const { data, info } = await coloured
    .removeAlpha()
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
    .catch((cause: unknown) => {
      throw undecodable(path, cause instanceof Error ? cause.message : String(cause), cause);
    });
  const received = [info.height, info.width, info.channels];
  if (!shape.every((size, axis) => size === received[axis])) {
    throw new ShapeMismatchError(
      { what: path, expected: shape, received },
      { hint: 'Pass --resize to have it cut and scaled.' },
    );
  }
  return Float32Array.from(data, (value) => value / 255);
}

function isJpeg(bytes: Uint8Array): boolean {
  return bytes[0] === 0xff && bytes[1] === 0xd8;
}

function isPng(bytes: Uint8Array): boolean {
  return bytes[0] === 0x89 && bytes[1] === 0x50 && bytes[2] === 0x4e && bytes[3] === 0x47;
}

function undecodable(path: string, reason: string, cause?: unknown): FactornetError {
  return new FactornetError('undecodable-picture', `${path} cannot be decoded: ${reason}.`, {
    cause,
    hint: 'Name a JPEG or PNG file that opens elsewhere.',
  });
}
