import type { CommonNetwork } from '@factornet/core';
import { writeModel } from '@factornet/core/node';
import { type CommonManifest, parseCommonManifest, SPEC_VERSION } from '@factornet/spec';
import { checkRepresentation } from './check-representation';
import { checkPackageName, checkPackageVersion } from './package-identity';
import { type PackageOptions, type PackedPackage, writePackage } from './write-package';

/**
 * Writes a common-knowledge network as an npm package folder: `package.json` with its `factornet` manifest,
 * the model files, a generated `index.js` and `index.d.ts`, and a model card. Data only.
 *
 * @throws InvalidOptionError if npm would refuse the name or version, or the folder holds something else
 * @throws InvalidManifestError if the network's description does not follow the schema
 * @throws IntegrityError if the network is not the one its description was made from
 * @example
 * const ckn = await packCommon(common, { name: '@scope/ckn', version: '1.0.0', directory: 'out/ckn' });
 */
export async function packCommon(
  common: CommonNetwork,
  options: PackageOptions,
): Promise<PackedPackage<CommonManifest>> {
  checkPackageName(options.name);
  checkPackageVersion(options.version);
  await checkRepresentation(common);
  const [height, width, channels] = common.description.input.shape;
  const defaultDescription = `Common-knowledge network for ${height}×${width}×${channels} pictures, for factornet.`;
  return writePackage({ ...options, defaultDescription }, async (directory) =>
    parseCommonManifest(
      {
        spec: SPEC_VERSION,
        kind: 'common',
        ...common.description,
        model: await writeModel(common.network, directory, 'common'),
      },
      options.name,
    ),
  );
}
