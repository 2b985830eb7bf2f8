import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { FileLocator } from '@factornet/core';
import {
  type CommonManifest,
  type FactorManifest,
  InvalidManifestError,
  MissingFileError,
  parseManifest,
} from '@factornet/spec';

/** A package folder's identity and manifest. */
export interface PackageFolder {
  readonly name: string;
  readonly version: string;
  readonly manifest: CommonManifest | FactorManifest;
  readonly locate: FileLocator;
}

/**
 * Reads `package.json` and its `factornet` field, without the weights.
 *
 * @throws MissingFileError, InvalidManifestError, NewerSpecError
 */
export async function readPackageFolder(directory: string): Promise<PackageFolder> {
  const path = join(directory, 'package.json');
  let content: { name?: unknown; version?: unknown; factornet?: unknown };
  try {
    content = JSON.parse(await readFile(path, 'utf8'));
  } catch (cause) {
    if (cause instanceof SyntaxError) {
      throw new InvalidManifestError({ source: path, issues: [`not JSON: ${cause.message}`] }, { cause });
    }
    throw new MissingFileError(
      { path },
      { cause, hint: 'Name a package folder that `factornet pack` wrote or npm installed.' },
    );
  }
  const manifest = parseManifest(content.factornet, path);
  const issues = [
    ...(manifest.kind === 'teacher'
      ? ['factornet.kind: expected "common" or "factor", found "teacher"']
      : []),
    ...(['name', 'version'] as const)
      .filter((key) => typeof content[key] !== 'string')
      .map((key) => `${key}: missing`),
  ];
  if (manifest.kind === 'teacher' || issues.length > 0)
    throw new InvalidManifestError({ source: path, issues });
  return {
    name: content.name as string,
    version: content.version as string,
    manifest,
    locate: (file) => pathToFileURL(join(directory, file)),
  };
}
