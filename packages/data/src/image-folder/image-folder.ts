import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { inParallel } from '@factornet/core/node';
import { throwIfCancelled } from '@factornet/core/training';
import { type ClassificationTask, InvalidOptionError, MissingFileError } from '@factornet/spec';
import { checkTaskName } from '@factornet/spec/training';
import { byteDataset } from '../byte-dataset';
import type { Dataset } from '../dataset';
import { withNotes } from '../labels/with-notes';
import { archivePictures } from './archive-pictures';
import { type LabelledPictures, readLayout } from './class-layout';
import { folderPictures } from './folder-pictures';
import { type FoundFiles, noteLeftOut } from './found-files';
import { checkLimit, defaultLimits, type ImageFolderLimits } from './limits';
import { openDecoder, type PictureDecoder } from './picture-decoder';
import { layoutHint, type PictureFile } from './picture-file';

const OPERATION = 'Reading pictures';

export interface ImageFolderOptions {
  /** Side of the square pictures, or `[height, width]`, in pixels. Default: the size of the first picture. */
  imageSize?: number | readonly [height: number, width: number];
  /** Cuts (around the centre) and scales pictures of another size. Default false: they are refused. */
  resize?: boolean;
  /** 3 for RGB, 1 for brightness: luma as ITU-R BT.601 weighs it. Default 3. */
  channels?: 1 | 3;
  /** Name of the one task. Default `class`. */
  task?: string;
  /** Reads only the first so many pictures of each class, by file name. */
  limitPerClass?: number;
  /** Pictures decoded at a time. Default 8. */
  concurrency?: number;
  limits?: ImageFolderLimits;
  /** Called after each picture. */
  onProgress?: (progress: { decoded: number; total: number }) => void;
  signal?: AbortSignal;
}

/**
 * Labelled pictures from a folder, or from a tar file (compressed or not) of one: `<class>/<file>.jpg`,
 * `.jpeg` or `.png`, possibly below one more folder. Classes are the folders' names in order, examples are ordered by class and
 * then by file name. All pictures are decoded at once and kept in memory as `height · width · channels` bytes
 * each: turned upright as EXIF says, in sRGB, what is transparent on white. Files that are no pictures and class folders
 * without one are left out, and counted in `notes`.
 *
 * @throws MissingFileError if there is nothing at `path`, or no picture in it
 * @throws ShapeMismatchError naming a picture of another size, unless `resize` is set
 * @throws UndecodablePictureError, UnreadableArchiveError, UnreadableFileError, ImageFolderLayoutError or
 *   MissingDependencyError
 * @throws InvalidOptionError if there is more than `limits` allow
 * @throws CancelledError when `signal` aborts
 * @example
 * const train = await imageFolder('cifar10/train.tar', { limitPerClass: 1000 });
 */
export async function imageFolder(path: string, options: ImageFolderOptions = {}): Promise<Dataset> {
  const { resize = false, channels = 3, task = 'class', limitPerClass, concurrency = 8, signal } = options;
  checkTaskName(task);
  checkCount('limitPerClass', limitPerClass);
  checkCount('concurrency', concurrency);
  if (channels !== 1 && channels !== 3) {
    throw new InvalidOptionError({ option: 'channels', expected: '1 or 3', received: channels });
  }
  const limits = { ...defaultLimits, ...options.limits };
  throwIfCancelled(OPERATION, signal);
  const found = await findPictures(path, limits, signal);
  const pictures = readLayout(path, found.pictures, limitPerClass);
  const total = pictures.files.length;
  const decoder = await openDecoder(channels, limits.pixels);
  try {
    const size = await chooseSize(options, pictures, decoder);
    const pictureBytes = size[0] * size[1] * channels;
    checkLimit(limits, 'bytes', total * pictureBytes, 'the decoded pictures');
    const bytes = new Uint8Array(total * pictureBytes);
    await inParallel(
      pictures.files,
      async (file, index) => {
        throwIfCancelled(OPERATION, signal);
        bytes.set(await decoder.decodeTo(file.path, await file.read(), size, resize), index * pictureBytes);
      },
      {
        concurrency,
        onProgress: (decoded) => options.onProgress?.({ decoded, total }),
      },
    );
    throwIfCancelled(OPERATION, signal);
    const dataset = inMemory(path, task, pictures, [...size, channels], bytes);
    return withNotes(dataset, noteLeftOut(found, pictures));
  } finally {
    decoder.close();
  }
}

async function findPictures(
  path: string,
  limits: Required<ImageFolderLimits>,
  signal: AbortSignal | undefined,
): Promise<FoundFiles> {
  const found = await stat(path).catch((cause: unknown) => {
    throw new MissingFileError({ path }, { cause, hint: layoutHint });
  });
  return found.isDirectory() ? folderPictures(path, limits) : archivePictures(path, limits, signal);
}

async function chooseSize(
  { imageSize, resize }: ImageFolderOptions,
  { files }: LabelledPictures,
  decoder: PictureDecoder,
): Promise<[number, number]> {
  if (imageSize !== undefined) {
    const [height, width] = typeof imageSize === 'number' ? [imageSize, imageSize] : imageSize;
    checkCount('imageSize', height);
    checkCount('imageSize', width);
    return [height, width];
  }
  if (resize) {
    throw new InvalidOptionError({
      option: 'imageSize',
      expected: 'given when `resize` is set',
      received: imageSize,
    });
  }
  const first = files[0] as PictureFile;
  const { height, width } = await decoder.decode(first.path, await first.read());
  return [height, width];
}

function inMemory(
  path: string,
  taskName: string,
  { classes, labels }: LabelledPictures,
  imageShape: [number, number, number],
  bytes: Uint8Array,
): Dataset {
  const task: ClassificationTask = { name: taskName, type: 'classification', classes: [...classes] };
  const pictureBytes = imageShape[0] * imageShape[1] * imageShape[2];
  const digest = createHash('sha512')
    .update(JSON.stringify([task, imageShape]))
    .update(labels)
    .update(bytes);
  const told = `${labels.length} pictures, sha512-${digest.digest('base64').slice(0, 12)}`;
  return byteDataset({
    name: `imageFolder(${basename(resolve(path))}, ${told})`,
    size: labels.length,
    imageShape,
    tasks: [task],
    picture: (index) => bytes.subarray(index * pictureBytes, (index + 1) * pictureBytes),
    labels: (indices) => ({ [taskName]: Int32Array.from(indices, (index) => labels[index] as number) }),
  });
}

function checkCount(option: string, received: number | undefined): void {
  if (received === undefined || (Number.isInteger(received) && received >= 1)) return;
  throw new InvalidOptionError({ option, expected: 'a positive integer', received });
}
