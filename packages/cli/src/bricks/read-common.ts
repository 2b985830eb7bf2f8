import { join } from 'node:path';
import { isCommonPackage } from '@factornet/assembler';
import { loadCommonPackage, readPackage } from '@factornet/assembler/node';
import { type CommonNetwork, disposeBrick } from '@factornet/core';
import { readBrick } from '@factornet/core/node';
import { InvalidManifestError } from '@factornet/spec';
import { isBrick } from './factorization-folder';

/**
 * Reads a common-knowledge network from a folder of `factornet factorize` or from a package folder.
 *
 * @throws MissingFileError, IntegrityError, InvalidManifestError, NewerSpecError, RefusedPackageError,
 *   ShapeMismatchError
 */
export async function readCommon(directory: string): Promise<CommonNetwork> {
  if (await isBrick(directory)) {
    const brick = await readBrick(directory);
    if ('network' in brick) return brick;
    disposeBrick(brick);
    throw notCommon(join(directory, 'brick.json'));
  }
  const found = await readPackage(directory);
  if (!isCommonPackage(found)) throw notCommon(join(directory, 'package.json'));
  return loadCommonPackage(found);
}

function notCommon(source: string): InvalidManifestError {
  return new InvalidManifestError({ source, issues: ['kind: expected "common", found "factor"'] });
}
