import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readPackageJson } from '@factornet/core';
import {
  type CommonManifest,
  type CommonPackage,
  type FactorManifest,
  type FactorPackage,
  InvalidManifestError,
  parseManifest,
} from '@factornet/spec';

/**
 * Reads a factornet package folder without running any of its code: `package.json` alone. The model files
 * are read, and checked, when it is assembled.
 *
 * @throws MissingFileError if there is no `package.json`
 * @throws InvalidManifestError if it is no common-knowledge or factor package
 * @throws NewerSpecError if it follows a later specification
 * @throws RefusedPackageError if it is a link, too long or nested too deeply
 * @example
 * const shape = await readPackage('node_modules/@scope/shape');
 */
export async function readPackage(directory: string): Promise<CommonPackage | FactorPackage> {
  const folder = resolve(directory);
  const source = join(folder, 'package.json');
  const { name, version, factornet } = await readPackageJson(source);
  if (factornet === undefined) {
    throw new InvalidManifestError(
      { source, issues: ['factornet: expected a manifest, found none'] },
      { hint: 'It is an ordinary npm package; name one that `factornet pack` made.' },
    );
  }
  const manifest = parseManifest(factornet, source);
  const missing = Object.entries({ name, version }).filter(([, value]) => typeof value !== 'string');
  if (missing.length > 0 || manifest.kind === 'teacher') {
    const issues = missing.map(([field]) => `${field}: expected text`);
    if (manifest.kind === 'teacher') issues.push('kind: expected "common" or "factor", found "teacher"');
    throw new InvalidManifestError({ source, issues });
  }
  const files = Object.fromEntries(
    fileNames(manifest).map((file) => [file, pathToFileURL(join(folder, file))] as const),
  );
  return { name: name as string, version: version as string, manifest, files } as
    | CommonPackage
    | FactorPackage;
}

function fileNames(manifest: CommonManifest | FactorManifest): string[] {
  const models = manifest.kind === 'common' ? [manifest.model] : [manifest.specific, manifest.head];
  return [
    ...models.flatMap(({ topology, weights }) => [topology.path, weights.path]),
    manifest.probes.file.path,
  ];
}
