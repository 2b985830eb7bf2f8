import { join } from 'node:path';
import { readPackage } from '@factornet/assembler/node';
import { type CommonNetwork, disposeBrick, readPackedModel } from '@factornet/core';
import { readBrick } from '@factornet/core/node';
import { type CommonManifest, InvalidManifestError } from '@factornet/spec';
import { isBrick } from './factorization-folder';

/**
 * Reads a common-knowledge network from a folder of `factornet factorize` or from a package folder.
 *
 * @throws MissingFileError, IntegrityError, InvalidManifestError, NewerSpecError, RefusedPackageError
 */
export async function readCommon(directory: string): Promise<CommonNetwork> {
  if (await isBrick(directory)) {
    const brick = await readBrick(directory);
    if ('network' in brick) return brick;
    disposeBrick(brick);
    throw notCommon(join(directory, 'brick.json'));
  }
  const { name: packageName, manifest, files } = await readPackage(directory);
  if (manifest.kind !== 'common') throw notCommon(join(directory, 'package.json'));
  const { input, features, backbone, parameters, representation, provenance, model } =
    manifest as CommonManifest;
  return {
    description: { input, features, backbone, parameters, representation, provenance },
    network: await readPackedModel(model, (name) => files[name] as URL, packageName),
  };
}

function notCommon(source: string): InvalidManifestError {
  return new InvalidManifestError({ source, issues: ['kind: expected "common", found "factor"'] });
}
