import { join } from 'node:path';
import { isCommonPackage } from '@factornet/assembler';
import { loadCommonPackage, readPackage } from '@factornet/assembler/node';
import type { CommonNetwork } from '@factornet/core';
import { isBrick, readBrick } from '@factornet/core/node';
import { commonFolder } from '@factornet/factorizer/node';
import { InvalidManifestError } from '@factornet/spec';

/**
 * Reads a common-knowledge network from its own folder, a factorization's or a package's.
 *
 * @throws MissingFileError, IntegrityError, InvalidManifestError, NewerSpecError, RefusedPackageError,
 *   ShapeMismatchError
 */
export async function readCommonNetwork(directory: string): Promise<CommonNetwork> {
  for (const folder of [commonFolder(directory), directory]) {
    if (await isBrick(folder)) return readBrick(folder, { kind: 'common' });
  }
  const found = await readPackage(directory);
  if (isCommonPackage(found)) return loadCommonPackage(found);
  const issues = ['kind: expected "common", found "factor"'];
  throw new InvalidManifestError({ source: join(directory, 'package.json'), issues });
}
