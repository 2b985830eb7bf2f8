import { RefusedPackageError } from '@factornet/spec';
import { explainUnsafePath } from './entry-path';

/** Bytes of a header; contents are padded to a multiple of it. */
export const BLOCK = 512;

/** One entry of a package's tarball. */
export interface TarEntry {
  readonly path: string;
  /** Bytes of its content; 0 for a folder. */
  readonly size: number;
  readonly isFolder: boolean;
}

/** Kinds of entry that are no file, as far as a message calls them by name. */
const kinds: Readonly<Record<string, string>> = {
  '1': 'a hard link',
  '2': 'a symbolic link',
  '3': 'a device',
  '4': 'a device',
  '6': 'a pipe',
  '7': 'a contiguous file',
  g: 'an extended header',
  x: 'an extended header',
  K: 'a long name',
  L: 'a long name',
  S: 'a sparse file',
};

/**
 * Reads the header of one entry: a plain file or folder, named within the header alone. Everything that one reader
 * understands and another does not (long names, extended headers, other kinds of file, sizes that are not octal) is
 * refused, so that what was checked is what is unpacked. `npm pack` writes nothing of it for a package of knowledge.
 *
 * @param source the archive, for messages
 * @throws RefusedPackageError (`file-name`, `symbolic-link`, `unexpected-file`)
 * @throws Error if it is no header: its checksum differs
 * @see https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html (ustar)
 */
export function parseTarHeader(block: Uint8Array, source: string): TarEntry {
  const refuse = (rule: 'file-name' | 'symbolic-link' | 'unexpected-file', found: string): never => {
    throw new RefusedPackageError(
      { source, rule, found },
      { hint: 'Do not install it; tell its publisher.' },
    );
  };
  if (octal(block, 148, 8) !== checksum(block)) throw new Error('the checksum of a header differs');
  const path = text(block, 0, 100);
  const shown = JSON.stringify(path);
  const problem = explainUnsafePath(path) ?? (/^[ -~]*$/.test(path) ? undefined : 'is not plain ASCII');
  if (problem !== undefined) refuse('file-name', `the path ${shown} ${problem}`);
  const kind = String.fromCharCode(block[156] ?? 0);
  if (kind !== '0' && kind !== '5' && kind !== '\0') {
    const rule = kind === '1' || kind === '2' ? 'symbolic-link' : 'unexpected-file';
    refuse(rule, `${shown} is ${kinds[kind] ?? 'of an unknown kind'}, no regular file`);
  }
  // What follows a name's end in its field, the target of a link, and the first part of a long name.
  if (
    [block.subarray(path.length, 100), block.subarray(157, 257), block.subarray(345, 500)].some(isWritten)
  ) {
    refuse('file-name', `the path ${shown} goes on where not every reader looks`);
  }
  const isFolder = kind === '5';
  if (isFolder !== path.endsWith('/'))
    refuse('file-name', `${shown} is a file to some and a folder to others`);
  const size = octal(block, 124, 12);
  if (size === undefined) throw new Error('a header states no size');
  if (isFolder && size > 0) refuse('unexpected-file', `the folder ${shown} has a content`);
  return { path, size, isFolder };
}

function isWritten(field: Uint8Array): boolean {
  return field.some((byte) => byte !== 0);
}

function text(block: Uint8Array, offset: number, length: number): string {
  return latin1(block, offset, length).replace(/\0.*$/s, '');
}

/** Undefined for anything but octal digits that a space or zero ends. */
function octal(block: Uint8Array, offset: number, length: number): number | undefined {
  const [, digits] = /^ *([0-7]+)[ \0]*$/.exec(latin1(block, offset, length)) ?? [];
  return digits === undefined ? undefined : Number.parseInt(digits, 8);
}

function latin1(block: Uint8Array, offset: number, length: number): string {
  return Buffer.from(block.subarray(offset, offset + length)).toString('latin1');
}

/** The sum of all bytes, those of the sum itself counted as spaces. */
function checksum(block: Uint8Array): number {
  return block.reduce((sum, byte, index) => sum + (index >= 148 && index < 156 ? 0x20 : byte), 0);
}
