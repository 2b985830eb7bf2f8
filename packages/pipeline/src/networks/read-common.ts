import { loadCommonPackage } from '@factornet/assembler/node';
import type { CommonNetwork } from '@factornet/core';
import { isBrick, readBrick } from '@factornet/core/node';
import { commonFolder } from '@factornet/factorizer/node';
import { type PlaceOptions, withCommonPackage } from '@factornet/registry';

/**
 * Reads a common-knowledge network from its own folder, from a factorization's, or from a package in any form.
 *
 * @throws MissingFileError, IntegrityError, InvalidManifestError, NewerSpecError, RefusedPackageError,
 *   ShapeMismatchError, InvalidOptionError, RegistryError
 */
export async function readCommonNetwork(text: string, options: PlaceOptions = {}): Promise<CommonNetwork> {
  for (const folder of [commonFolder(text), text]) {
    if (await isBrick(folder)) return readBrick(folder, { kind: 'common' });
  }
  return withCommonPackage(text, options, ({ found }) => loadCommonPackage(found));
}
