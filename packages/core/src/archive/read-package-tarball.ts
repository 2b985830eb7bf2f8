import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { LIMITS, RefusedPackageError } from '@factornet/spec';
import { pathKey } from './entry-path';
import { BLOCK, parseTarHeader, type TarEntry } from './tar-header';

export interface ReadTarballOptions {
  /** Bytes of all files together. Default: twice what one weight file may have. */
  readonly most?: number;
  /** Which files are wanted, by their path within the package; others are only looked at. Default: all. */
  readonly wants?: (path: string, size: number) => boolean;
}

/** What a tarball holds. */
export interface PackageTarball {
  /** Path within the package (`package.json`) → content, of the files that were wanted. */
  readonly files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
  /** Bytes of all its files. */
  readonly unpackedBytes: number;
}

/**
 * Reads a package's tarball, as `npm pack` writes it, from front to back: the one way to a stranger's archive. Refused is
 * whatever another reader might unpack to something else: paths that are not in their shortest form or lead elsewhere,
 * one path twice (in any case or spelling), links, extended headers, a second top folder, anything behind the end.
 *
 * @throws RefusedPackageError (`file-name`, `symbolic-link`, `unexpected-file`, `size`)
 * @throws Error if it is no whole gzipped tarball, or cannot be read
 * @example
 * const { files } = await readPackageTarball('scope-shape-1.0.0.tgz');
 */
export async function readPackageTarball(
  path: string,
  { most = 2 * LIMITS.weightsBytes, wants = () => true }: ReadTarballOptions = {},
): Promise<PackageTarball> {
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  const header = new Uint8Array(BLOCK);
  const [seen, used] = [new Map<string, TarEntry>(), new Set<string>()];
  const refuse = (rule: 'file-name' | 'size' | 'unexpected-file', found: string): never => {
    throw new RefusedPackageError({ source: path, rule, found });
  };
  let [filled, left, padding, nulls, unpackedBytes] = [0, 0, 0, 0, 0];
  let root: string | undefined;
  let target: Uint8Array | undefined;

  function begin(): void {
    if (header.every((byte) => byte === 0)) {
      nulls++;
      return;
    }
    if (nulls > 0) refuse('unexpected-file', 'it goes on behind its end');
    const entry = parseTarHeader(header, path);
    const [top = '', ...rest] = entry.path.replace(/\/$/, '').split('/');
    root ??= top;
    if (root !== top || (rest.length === 0 && !entry.isFolder)) {
      refuse('file-name', `${JSON.stringify(entry.path)} is not in the folder ${JSON.stringify(root)}`);
    }
    const key = pathKey(entry.path);
    if (seen.has(key)) refuse('file-name', `${JSON.stringify(entry.path)} comes twice`);
    if (seen.set(key, entry).size > 2 * LIMITS.files)
      refuse('size', `it has more than ${2 * LIMITS.files} entries`);
    for (let at = key.lastIndexOf('/'); at > 0; at = key.lastIndexOf('/', at - 1)) used.add(key.slice(0, at));
    if ([...used].some((folder) => seen.get(folder)?.isFolder === false)) {
      refuse('file-name', `${JSON.stringify(entry.path)} is within a file, or around one`);
    }
    unpackedBytes += entry.size;
    if (unpackedBytes > most) refuse('size', `its files have more than ${most} bytes`);
    left = entry.size;
    padding = (BLOCK - (entry.size % BLOCK)) % BLOCK;
    const name = rest.join('/');
    target = undefined;
    if (entry.isFolder || !wants(name, entry.size)) return;
    const content = new Uint8Array(entry.size);
    files.set(name, content);
    target = content;
  }

  function take(chunk: Uint8Array): void {
    for (let offset = 0; offset < chunk.length; ) {
      if (left > 0) {
        const part = chunk.subarray(offset, offset + left);
        target?.set(part, target.length - left);
        left -= part.length;
        offset += part.length;
      } else if (padding > 0) {
        const skipped = Math.min(padding, chunk.length - offset);
        padding -= skipped;
        offset += skipped;
      } else {
        const part = chunk.subarray(offset, offset + BLOCK - filled);
        header.set(part, filled);
        filled += part.length;
        offset += part.length;
        if (filled === BLOCK) {
          filled = 0;
          begin();
        }
      }
    }
  }

  const [file, gunzip] = [createReadStream(path), createGunzip()];
  file.on('error', (error) => gunzip.destroy(error));
  try {
    for await (const chunk of file.pipe(gunzip)) take(chunk as Uint8Array);
  } finally {
    file.destroy();
  }
  if (nulls < 2 || filled > 0) throw new Error('its end is missing');
  return { files, unpackedBytes };
}
