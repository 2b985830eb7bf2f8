import {
  type CommonNetwork,
  encodeModel,
  evaluateFeatures,
  inspectModel,
  probePictures,
} from '@factornet/core';
import { weightsFileName, writeModelBytes } from '@factornet/core/node';
import { type CommonManifest, parseCommonManifest, SPEC_VERSION } from '@factornet/spec';
import { checkRepresentation } from './check-representation';
import { writeProbes } from './golden-probes';
import { checkPackageName, checkPackageVersion } from './package-identity';
import { type PackageOptions, type PackedPackage, writePackage } from './write-package';

const PROBES = 8;
const TOLERANCE = 0.02;

export interface PackCommonOptions extends PackageOptions {
  /** Pictures for golden probes, `[count, height, width, channels]` as bytes. Default: 8 of `probePictures`. */
  probes?: Uint8Array<ArrayBuffer>;
  /** Relative drift of the features up to which factors go on working. Default 0.02. */
  tolerance?: number;
}

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
  options: PackCommonOptions,
): Promise<PackedPackage<CommonManifest>> {
  checkPackageName(options.name);
  checkPackageVersion(options.version);
  await checkRepresentation(common);
  const { network, description } = common;
  const { input } = description;
  const bytes = await encodeModel(network, weightsFileName('common'));
  const { multiplyAdds } = inspectModel(bytes, options.name);
  const pictures = options.probes ?? probePictures(input, PROBES);
  const features = await evaluateFeatures(network, input, pictures);
  const [height, width, channels] = input.shape;
  const count = pictures.length / (height * width * channels);
  const defaultDescription = `Common-knowledge network for ${height}×${width}×${channels} pictures, for factornet.`;
  return writePackage({ ...options, defaultDescription }, async (directory) =>
    parseCommonManifest(
      {
        spec: SPEC_VERSION,
        kind: 'common',
        ...description,
        multiplyAdds,
        model: await writeModelBytes(bytes, directory, 'common'),
        probes: await writeProbes({ count, pictures, features }, directory),
        compatibility: { tolerance: options.tolerance ?? TOLERANCE, representations: [] },
      },
      options.name,
    ),
  );
}
