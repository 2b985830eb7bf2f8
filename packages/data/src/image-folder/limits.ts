import { InvalidOptionError } from '@factornet/spec';

/** How much a reader takes in before it refuses: a guard against the wrong folder and hostile archives. */
export interface ImageFolderLimits {
  /** Number of picture files. Default 1,000,000. */
  pictures?: number;
  /** Size of one encoded picture in bytes. Default 64 MiB. */
  bytesPerFile?: number;
  /** Pixels of one picture, by its head. Default 67,108,864, as 8192 × 8192 has. */
  pixels?: number;
  /** Encoded pictures of an archive together, and decoded pictures together, in bytes. Default 4 GiB. */
  bytes?: number;
}

export const defaultLimits: Required<ImageFolderLimits> = {
  pictures: 1_000_000,
  bytesPerFile: 64 * 2 ** 20,
  pixels: 2 ** 26,
  bytes: 4 * 2 ** 30,
};

/** @throws InvalidOptionError if `needed` exceeds the limit */
export function checkLimit(
  limits: Required<ImageFolderLimits>,
  limit: keyof ImageFolderLimits,
  needed: number,
  what: string,
): void {
  if (needed <= limits[limit]) return;
  throw new InvalidOptionError(
    { option: `limits.${limit}`, expected: `at least ${needed} for ${what}`, received: limits[limit] },
    { hint: 'If that is the data you mean, raise the limit.' },
  );
}
