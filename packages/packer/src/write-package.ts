import { readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { writeJson, writeText } from '@factornet/core/node';
import { type CommonManifest, type FactorManifest, type KindOptions, LIMITS } from '@factornet/spec';
import { describedFiles } from '@factornet/spec/internal';
import { PackageTooLargeError } from '@factornet/spec/publishing';
import { type AboutOptions, checkAbout } from './check-about';
import { generateDeclarations } from './generate-declarations';
import { generateModule, type PackageContent } from './generate-module';
import { type LicenseOptions, resolveLicense } from './license';
import { generateModelCard } from './model-card/generate-model-card';
import { replaceFolder } from './replace-folder';

/** What a package says about itself besides its manifest. */
export interface PackageOptions extends LicenseOptions, AboutOptions {
  /** npm package name, e.g. `@scope/ckn`. */
  name: string;
  /** Semantic version, e.g. `1.0.0`. */
  version: string;
  /** The package folder: made anew, or replaced if it holds a factornet package. */
  directory: string;
  keywords?: readonly string[];
  /** Writes packages above 50 MB, too, which CDNs and some registries refuse, and factors whose code does nothing. Default false. */
  force?: boolean;
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
 * @throws InvalidOptionError for an unknown licence, an author or repository that is none, or a folder that holds something else
 * @throws PackageTooLargeError for more than `LIMITS.packageBytes`, unless forced
 * @throws WriteFailedError; a package that was there before is still there
 */
export async function writePackage<M extends CommonManifest | FactorManifest>(
  options: PackageOptions & KindOptions & { defaultDescription: string },
  writeModels: (directory: string) => Promise<M>,
): Promise<PackedPackage<M>> {
  const { name, version, kinds } = options;
  checkAbout(options);
  const { license, text } = resolveLicense(options, options);
  let packed: PackedPackage<M> | undefined;
  await replaceFolder(options.directory, async (temporary) => {
    const manifest = await writeModels(temporary);
    const description = options.description ?? options.defaultDescription;
    const content = { name, version, manifest, description, license };
    await writeText(join(temporary, 'index.js'), generateModule(content));
    await writeText(join(temporary, 'index.d.ts'), generateDeclarations(content));
    await writeText(join(temporary, 'README.md'), generateModelCard({ ...content, kinds }));
    await writeText(join(temporary, 'LICENSE'), text);
    await writeJson(join(temporary, 'package.json'), manifestOfPackage(options, content));
    const bytes = await folderBytes(temporary);
    if (bytes > LIMITS.packageBytes && options.force !== true) throw tooLarge(content, bytes);
    packed = { name, version, manifest, directory: resolve(options.directory) };
  });
  return packed as PackedPackage<M>;
}

async function folderBytes(directory: string): Promise<number> {
  const sizes = (await readdir(directory)).map(async (name) => (await stat(join(directory, name))).size);
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

function tooLarge({ name, version, manifest }: PackageContent, bytes: number): PackageTooLargeError {
  const narrower = manifest.narrowing?.dtype === 'float16' ? 'uint8' : 'float16 or uint8';
  return new PackageTooLargeError(
    { source: `${name}@${version}`, bytes, limit: LIMITS.packageBytes },
    {
      hint:
        manifest.narrowing?.dtype === 'uint8'
          ? 'Train a smaller network, or force it (--force): CDNs will not serve it.'
          : `Store weights as ${narrower} (--dtype), or force it (--force): CDNs will not serve it.`,
    },
  );
}

function manifestOfPackage(
  options: PackageOptions,
  {
    name,
    version,
    manifest,
    description,
    license,
  }: PackageContent & { description: string; license: string },
) {
  const { repository, author, keywords = [] } = options;
  return {
    name,
    version,
    description,
    keywords: [...new Set(['factornet', `factornet-${manifest.kind}`, 'tensorflowjs', ...keywords])],
    license,
    ...(author !== undefined && { author }),
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
