import { join } from 'node:path';
import { isCommonPackage } from '@factornet/assembler';
import { loadCommonPackage, readPackage } from '@factornet/assembler/node';
import type { CommonNetwork } from '@factornet/core';
import { isBrick, readBrick } from '@factornet/core/node';
import { InvalidManifestError } from '@factornet/spec';

/**
 * Reads a common-knowledge network from a folder of `factornet factorize` or from a package folder.
 *
 * @throws MissingFileError, IntegrityError, InvalidManifestError, NewerSpecError, RefusedPackageError,
 *   ShapeMismatchError
 */
export async function readCommon(directory: string): Promise<CommonNetwork> {
  if (await isBrick(directory)) return readBrick(directory, { kind: 'common' });
  const found = await readPackage(directory);
  if (isCommonPackage(found)) return loadCommonPackage(found);
  const issues = ['kind: expected "common", found "factor"'];
  throw new InvalidManifestError({ source: join(directory, 'package.json'), issues });
}
