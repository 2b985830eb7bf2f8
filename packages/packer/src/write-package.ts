import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { writeJson } from '@factornet/core/node';
import type { CommonManifest, FactorManifest } from '@factornet/spec';
import { describedFiles } from './described-files';
import { generateDeclarations } from './generate-declarations';
import { generateModelCard } from './generate-model-card';
import { generateModule, type PackageContent } from './generate-module';
import { replaceFolder } from './replace-folder';

/** What a package says about itself besides its manifest. */
export interface PackageOptions {
  /** npm package name, e.g. `@scope/ckn`. */
  name: string;
  /** Semantic version, e.g. `1.0.0`. */
  version: string;
  /** The package folder: made anew, or replaced if it holds a factornet package. */
  directory: string;
  /** One sentence for `package.json` and the model card. */
  description?: string;
  /** SPDX identifier for `package.json`, e.g. `Apache-2.0`. */
  license?: string;
  /** Text of the `LICENSE` file. */
  licenseText?: string;
  /** `repository` of `package.json`, e.g. `github:scope/models`. */
  repository?: string;
  keywords?: readonly string[];
}

/** A package folder that was written. Fits wherever a record `{ name, version, manifest }` is asked for. */
export interface PackedPackage<M extends CommonManifest | FactorManifest> extends PackageContent<M> {
  /** Absolute path of the package folder. */
  readonly directory: string;
}

/**
 * Writes a whole package folder, or nothing.
 *
 * @param writeModels writes the model files into the folder it is given and returns the manifest
 */
export async function writePackage<M extends CommonManifest | FactorManifest>(
  options: PackageOptions & { defaultDescription: string },
  writeModels: (directory: string) => Promise<M>,
): Promise<PackedPackage<M>> {
  const { name, version, licenseText } = options;
  let packed: PackedPackage<M> | undefined;
  await replaceFolder(options.directory, async (temporary) => {
    const manifest = await writeModels(temporary);
    const content = {
      name,
      version,
      manifest,
      description: options.description ?? options.defaultDescription,
    };
    await writeFile(join(temporary, 'index.js'), generateModule(content));
    await writeFile(join(temporary, 'index.d.ts'), generateDeclarations(content));
    await writeFile(join(temporary, 'README.md'), generateModelCard(content));
    if (licenseText !== undefined) await writeFile(join(temporary, 'LICENSE'), licenseText);
    await writeJson(join(temporary, 'package.json'), describePackage(options, content));
    packed = { name, version, manifest, directory: resolve(options.directory) };
  });
  return packed as PackedPackage<M>;
}

function describePackage(
  options: PackageOptions,
  { name, version, manifest, description }: PackageContent & { description: string },
) {
  const { license, repository, keywords = [] } = options;
  return {
    name,
    version,
    description,
    keywords: [...new Set(['factornet', `factornet-${manifest.kind}`, 'tensorflowjs', ...keywords])],
    ...(license !== undefined && { license }),
    ...(repository !== undefined && { repository }),
    type: 'module',
    sideEffects: false,
    exports: {
      '.': { types: './index.d.ts', default: './index.js' },
      './package.json': './package.json',
    },
    types: './index.d.ts',
    files: ['index.js', 'index.d.ts', ...describedFiles(manifest).map((file) => file.path)],
    ...(manifest.kind === 'factor' && {
      peerDependencies: { [manifest.common.name]: manifest.common.range },
    }),
    factornet: manifest,
  };
}
