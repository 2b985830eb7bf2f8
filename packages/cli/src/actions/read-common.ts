import { join } from 'node:path';
import { type CommonNetwork, disposeBrick, readModel } from '@factornet/core';
import { readBrick } from '@factornet/core/node';
import { InvalidManifestError } from '@factornet/spec';
import { isBrick } from './factorization-folder';
import { readPackageFolder } from './read-package-folder';

/**
 * Reads a common-knowledge network from a folder of `factornet factorize` or from a package folder.
 *
 * @throws MissingFileError, IntegrityError, InvalidManifestError, NewerSpecError
 */
export async function readCommon(directory: string): Promise<CommonNetwork> {
  const kinds = (source: string) =>
    new InvalidManifestError({ source, issues: ['kind: expected "common", found "factor"'] });
  if (await isBrick(directory)) {
    const brick = await readBrick(directory);
    if ('network' in brick) return brick;
    disposeBrick(brick);
    throw kinds(join(directory, 'brick.json'));
  }
  const { manifest, locate } = await readPackageFolder(directory);
  if (manifest.kind !== 'common') throw kinds(join(directory, 'package.json'));
  const { spec: _spec, kind: _kind, model, ...description } = manifest;
  return { description, network: await readModel(model, locate) };
}
