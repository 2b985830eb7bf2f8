import { ShapeMismatchError } from '@factornet/spec';
import { UndecodablePictureError } from '@factornet/spec/training';
import type Sharp from 'sharp';
import { loadSharp } from '../pictures/load-sharp';
import { defaultLimits } from './limits';

export interface DecodedPicture {
  readonly height: number;
  readonly width: number;
  /** RGB or luma, 8 bits per channel, row by row. */
  readonly bytes: Uint8Array;
}

export interface PictureDecoder {
  /** Decodes at the picture's own size. */
  decode(path: string, encoded: Uint8Array): Promise<DecodedPicture>;
  /** Decodes to height × width: cut and scaled if `resize`, else refused when it has another size. */
  decodeTo(
    path: string,
    encoded: Uint8Array,
    size: readonly [height: number, width: number],
    resize: boolean,
  ): Promise<Uint8Array>;
  /** Puts sharp's settings back as they were. */
  close(): void;
}

/**
 * Decodes JPEG and PNG with sharp: turned upright as EXIF says, in sRGB, what is transparent on white, 8 bits per
 * channel. One channel is the luma of ITU-R BT.601, `0.299 R + 0.587 G + 0.114 B`.
 *
 * @param channels 3 for RGB, 1 for luma
 * @param maxPixels that a picture may have; of one that has more, by its head, nothing is decoded
 * @throws MissingDependencyError if sharp or its native part is not installed for this machine
 */
export async function openDecoder(
  channels: 1 | 3 = 3,
  maxPixels = defaultLimits.pixels,
): Promise<PictureDecoder> {
  const sharp = await loadSharp();
  const release = claimSettings(sharp);

  async function decodeWith(
    path: string,
    encoded: Uint8Array,
    size: readonly [number, number] | undefined,
    resize: boolean,
  ): Promise<DecodedPicture> {
    if (!isJpeg(encoded) && !isPng(encoded)) throw undecodable(path, 'it is neither JPEG nor PNG');
    const picture = sharp(encoded, { failOn: 'error', limitInputPixels: false });
    const { width, height } = await picture.metadata().then(
      ({ autoOrient }) => autoOrient,
      (cause: unknown) => {
        throw undecodable(path, cause instanceof Error ? cause.message : String(cause), cause);
      },
    );
    if (width * height > maxPixels) {
      throw undecodable(path, `it has ${width} × ${height} pixels, more than the ${maxPixels} it may have`);
    }
    if (size !== undefined && !resize && (height !== size[0] || width !== size[1])) {
      throw new ShapeMismatchError(
        { what: path, expected: [...size, channels], received: [height, width, channels] },
        {
          hint: 'Pass `resize: true` (`factornet predict --resize`) to have pictures cut and scaled to one size.',
        },
      );
    }
    try {
      const upright = picture.autoOrient();
      const sized =
        size === undefined || !resize ? upright : upright.resize(size[1], size[0], { fit: 'cover' });
      const { data, info } = await sized
        .flatten({ background: '#ffffff' })
        .toColourspace('srgb')
        .raw({ depth: 'uchar' })
        .toBuffer({ resolveWithObject: true });
      if (info.channels !== 3) throw new Error(`it decodes to ${info.channels} channels`);
      return { height: info.height, width: info.width, bytes: channels === 1 ? lumaOf(data) : data };
    } catch (cause) {
      throw undecodable(path, cause instanceof Error ? cause.message : String(cause), cause);
    }
  }

  return {
    decode: (path, encoded) => decodeWith(path, encoded, undefined, false),
    decodeTo: async (path, encoded, size, resize) => (await decodeWith(path, encoded, size, resize)).bytes,
    close: release,
  };
}

let open = 0;
let putBack: () => void;

/** Sets sharp up for small pictures. The first decoder of several does so, and the last one puts back what was. */
function claimSettings(sharp: typeof Sharp): () => void {
  if (open++ === 0) {
    // One thread each and many pictures at once, rather than many threads for each in turn.
    const threads = sharp.concurrency();
    sharp.concurrency(1);
    // No picture is decoded twice, so what its operation cache would keep is never asked for again.
    const { memory, files, items } = sharp.cache();
    sharp.cache(false);
    putBack = () => {
      sharp.concurrency(threads);
      sharp.cache({ memory: memory.max, files: files.max, items: items.max });
    };
  }
  return () => {
    if (--open === 0) putBack();
  };
}

/** ITU-R BT.601, rounded: pure red is 76. */
function lumaOf(rgb: Uint8Array): Uint8Array {
  return Uint8Array.from({ length: rgb.length / 3 }, (_, pixel) => {
    const [red, green, blue] = rgb.subarray(3 * pixel, 3 * pixel + 3) as unknown as [number, number, number];
    return Math.round((299 * red + 587 * green + 114 * blue) / 1000);
  });
}

function isJpeg(bytes: Uint8Array): boolean {
  return bytes[0] === 0xff && bytes[1] === 0xd8;
}

function isPng(bytes: Uint8Array): boolean {
  return bytes[0] === 0x89 && bytes[1] === 0x50 && bytes[2] === 0x4e && bytes[3] === 0x47;
}

function undecodable(path: string, reason: string, cause?: unknown): UndecodablePictureError {
  return new UndecodablePictureError({ path, reason }, { cause, hint: 'Replace or remove the file.' });
}
