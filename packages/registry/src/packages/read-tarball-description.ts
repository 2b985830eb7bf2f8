import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { parseJson } from '@factornet/core';
import { InvalidManifestError, LIMITS, MissingFileError, RefusedPackageError } from '@factornet/spec';

const BLOCK = 512;
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
  const entries = new TarEntries(path);
  try {
    await new Promise<void>((resolve, reject) => {
      const [file, unzipped] = [createReadStream(path), createGunzip()];
      const fail = (error: unknown) => {
        file.destroy();
        unzipped.destroy();
        reject(error);
      };
      unzipped.on('data', (chunk: Buffer) => {
        try {
          entries.write(chunk);
        } catch (error) {
          fail(error);
        }
      });
      unzipped.on('end', resolve);
      unzipped.on('error', fail);
      file.on('error', fail);
      file.pipe(unzipped);
    });
  } catch (cause) {
    if (RefusedPackageError.isInstance(cause)) throw cause;
    throw new InvalidManifestError({ source: path, issues: ['not a gzipped tarball'] }, { cause });
  }
  const { json } = entries;
  if (json === undefined)
    throw new InvalidManifestError({ source: path, issues: ['it has no package.json'] });
  const sizes = { tarballBytes: found.size, unpackedBytes: entries.bytes };
  try {
    return { description: parseJson(json, path), ...sizes };
  } catch (cause) {
    if (RefusedPackageError.isInstance(cause)) throw cause;
    throw new InvalidManifestError({ source: path, issues: ['package.json is not JSON'] }, { cause });
  }
}

/** The entries of a tar stream, one header block after the other. */
class TarEntries {
  /** Of the last `package.json`, which is the one that unpacking leaves. */
  json: Uint8Array | undefined;
  bytes = 0;
  #header = Buffer.alloc(0);
  /** Bytes of the entry at hand, padding included, that are still to come. */
  #left = 0;
  #kept: Buffer[] | undefined;
  #size = 0;

  constructor(readonly source: string) {}

  write(chunk: Buffer): void {
    let rest = chunk;
    while (rest.length > 0) {
      if (this.#left > 0) {
        const taken = rest.subarray(0, this.#left);
        this.#kept?.push(taken);
        this.#left -= taken.length;
        rest = rest.subarray(taken.length);
        if (this.#left === 0) this.#close();
      } else {
        const missing = BLOCK - this.#header.length;
        this.#header = Buffer.concat([this.#header, rest.subarray(0, missing)]);
        rest = rest.subarray(missing);
        if (this.#header.length === BLOCK) this.#open();
      }
    }
  }

  #open(): void {
    const header = this.#header;
    this.#header = Buffer.alloc(0);
    if (header.every((byte) => byte === 0)) return;
    const name = header.subarray(0, 100).toString('latin1').replace(/\0.*$/s, '');
    const size = Number.parseInt(header.subarray(124, 136).toString('latin1'), 8);
    const isFile = header[156] === 0x30 || header[156] === 0;
    if (header.subarray(257, 262).toString('latin1') !== 'ustar' || !(size >= 0))
      throw new Error('not a tarball');
    if (isFile) this.bytes += size;
    const isDescription = isFile && /^[^/]+\/package\.json$/.test(name);
    this.#limit(this.bytes, MOST, 'its files have');
    if (isDescription) this.#limit(size, LIMITS.packageJsonBytes, 'its package.json has');
    this.#size = size;
    this.#kept = isDescription ? [] : undefined;
    this.#left = Math.ceil(size / BLOCK) * BLOCK;
    if (this.#left === 0) this.#close();
  }

  #close(): void {
    if (this.#kept !== undefined) this.json = Buffer.concat(this.#kept).subarray(0, this.#size);
    this.#kept = undefined;
  }

  #limit(bytes: number, most: number, what: string): void {
    if (bytes <= most) return;
    throw new RefusedPackageError({
      source: this.source,
      rule: 'size',
      found: `${what} more than ${most} bytes`,
    });
  }
}
