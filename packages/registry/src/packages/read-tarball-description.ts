import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { parseJson } from '@factornet/core';
import { InvalidManifestError, LIMITS, MissingFileError, RefusedPackageError } from '@factornet/spec';
import { Parser } from 'tar';

/** Of everything in it; far more than a package may have, far less than a bomb. */
const MOST = 2 * LIMITS.weightsBytes;

/**
 * Reads `package.json` out of a package tarball as `npm pack` writes it, and adds up its files. The tarball is
 * streamed: no other file is kept.
 *
 * @throws MissingFileError if it does not exist
 * @throws InvalidManifestError if it is no such tarball
 * @throws RefusedPackageError (`size`, `json`, `json-depth`)
 */
export async function readTarballDescription(
  path: string,
): Promise<{ description: unknown; tarballBytes: number; unpackedBytes: number }> {
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile()) {
    throw new MissingFileError(
      { path },
      { hint: 'Name a tarball that `factornet pack` or `npm pack` wrote.' },
    );
  }
  const { json, bytes } = await readEntries(path).catch((cause: unknown) => {
    if (RefusedPackageError.isInstance(cause)) throw cause;
    throw new InvalidManifestError({ source: path, issues: ['not a gzipped tarball'] }, { cause });
  });
  if (json === undefined)
    throw new InvalidManifestError({ source: path, issues: ['it has no package.json'] });
  const sizes = { tarballBytes: found.size, unpackedBytes: bytes };
  try {
    return { description: parseJson(json, path), ...sizes };
  } catch (cause) {
    if (RefusedPackageError.isInstance(cause)) throw cause;
    throw new InvalidManifestError({ source: path, issues: ['package.json is not JSON'] }, { cause });
  }
}

/** Sizes added up, and the last `package.json`, which is the one that unpacking leaves. */
function readEntries(path: string): Promise<{ json: Uint8Array | undefined; bytes: number }> {
  return new Promise((resolve, reject) => {
    const file = createReadStream(path);
    let description: Promise<Uint8Array> | undefined;
    let bytes = 0;
    const fail = (error: unknown) => {
      file.destroy();
      reject(error);
    };
    const limit = (size: number, most: number, what: string) => {
      if (size <= most) return;
      const found = `${what} more than ${most} bytes`;
      fail(new RefusedPackageError({ source: path, rule: 'size', found }));
    };
    const parser = new Parser({
      strict: true,
      onReadEntry(entry) {
        const isFile = entry.type === 'File' || entry.type === 'OldFile';
        if (isFile) bytes += entry.size;
        limit(bytes, MOST, 'its files have');
        if (!isFile || !/^[^/]+\/package\.json$/.test(entry.path)) {
          entry.resume();
          return;
        }
        limit(entry.size, LIMITS.packageJsonBytes, 'its package.json has');
        description = entry.concat();
        description.catch(fail);
      },
    });
    parser.on('error', fail);
    parser.on('end', () => {
      Promise.resolve(description).then((json) => resolve({ json, bytes }), fail);
    });
    file.on('error', fail);
    file.pipe(parser as unknown as NodeJS.WritableStream);
  });
}
