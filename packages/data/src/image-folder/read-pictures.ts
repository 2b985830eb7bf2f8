import { inParallel } from '@factornet/core/node';
import { InvalidOptionError, MissingFileError } from '@factornet/spec';
import { readLimited } from './folder-pictures';
import { defaultLimits } from './limits';
import { openDecoder } from './picture-decoder';

export interface ReadPicturesOptions {
  /** `[height, width, channels]` that a network wants, with one channel or three. */
  shape: readonly [number, number, number];
  /** Cuts (around the centre) and scales pictures of another size. Default false: they are refused. */
  resize?: boolean;
}

/**
 * Pictures as a network is fed them: each `[height, width, channels]`, values in [0, 1]. They are decoded as those of
 * `imageFolder` are: upright, what is transparent on white, one channel as luma (ITU-R BT.601).
 *
 * @throws MissingFileError for a path with no file
 * @throws ShapeMismatchError naming a picture of another size, unless `resize` is set
 * @throws InvalidOptionError for a shape of neither one channel nor three
 * @throws UndecodablePictureError, UnreadableFileError or MissingDependencyError
 * @example
 * const [picture] = await readPictures(['cat.jpg'], { shape: [32, 32, 3], resize: true });
 */
export async function readPictures(
  paths: readonly string[],
  { shape: [height, width, channels], resize = false }: ReadPicturesOptions,
): Promise<Float32Array[]> {
  if (channels !== 1 && channels !== 3) {
    const expected = '1 or 3, as files of pictures have';
    throw new InvalidOptionError({ option: 'shape[2]', expected, received: channels });
  }
  const decoder = await openDecoder(channels);
  try {
    const decode = async (path: string) => {
      const bytes = await decoder.decodeTo(path, await readPictureFile(path), [height, width], resize);
      return Float32Array.from(bytes, (byte) => byte / 255);
    };
    return await inParallel(paths, decode, { concurrency: 8 });
  } finally {
    decoder.close();
  }
}

async function readPictureFile(path: string): Promise<Uint8Array> {
  try {
    return await readLimited(path, defaultLimits);
  } catch (error) {
    const { code } = (error as { cause?: { code?: unknown } }).cause ?? {};
    if (code !== 'ENOENT' && code !== 'ENOTDIR') throw error;
    throw new MissingFileError({ path }, { cause: error, hint: 'Name a JPEG or PNG file.' });
  }
}
