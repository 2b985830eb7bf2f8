import { join } from 'node:path';
import { readPackageFile } from '@factornet/core/internal';
import { generateDeclarations, generateModule, type PackageContent } from '@factornet/packer';
import { MissingFileError, RefusedPackageError } from '@factornet/spec';

/**
 * Checks that the only JavaScript of a package, and its types, are to the byte what its manifest generates. Nothing of
 * it is run.
 *
 * @returns how many bytes were compared
 * @throws MissingFileError, RefusedPackageError (`generated-module`)
 */
export async function checkGenerated(directory: string, content: PackageContent): Promise<number> {
  const generated = { 'index.js': generateModule(content), 'index.d.ts': generateDeclarations(content) };
  let bytes = 0;
  for (const [name, text] of Object.entries(generated)) {
    const expected = Buffer.from(text);
    const path = join(directory, name);
    const received = await readUpTo(path, expected.length);
    if (!expected.equals(received)) {
      const found = `it differs from what the manifest generates, from line ${firstDifference(expected, received)} on`;
      const hint = 'Pack again; a package of a newer factornet needs a newer @factornet/verifier.';
      throw new RefusedPackageError({ source: path, rule: 'generated-module', found }, { hint });
    }
    bytes += expected.length;
  }
  return bytes;
}

/** A longer file differs, whatever else is in it. */
async function readUpTo(path: string, most: number): Promise<Uint8Array> {
  try {
    return await readPackageFile(path, most);
  } catch (error) {
    if (RefusedPackageError.isInstance(error) && error.rule === 'size') return new Uint8Array();
    if (!MissingFileError.isInstance(error)) throw error;
    throw new MissingFileError({ path }, { cause: error, hint: 'Every package has one: pack again.' });
  }
}

function firstDifference(expected: Uint8Array, received: Uint8Array): number {
  let line = 1;
  for (let index = 0; index < received.length && received[index] === expected[index]; index++) {
    if (expected[index] === 0x0a) line += 1;
  }
  return line;
}
