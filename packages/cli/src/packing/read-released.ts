import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findPackage, readPackage } from '@factornet/assembler/node';
import type { ReleasedCommon } from '@factornet/packer';
import { fetchPackage, type NpmOptions } from '@factornet/registry';
import {
  type CommonPackage,
  type FactorPackage,
  InvalidOptionError,
  MissingFileError,
} from '@factornet/spec';

/** `@scope/name`, `name@version`, `@scope/name@tag`; no paths and no addresses. */
const SPECIFIER = /^(@[\w.~-]+\/)?[\w~-][\w.~-]*(@[^/\\:]+)?$/;

/**
 * Reads a common-knowledge package that was released, and hands it to `body`: a folder, an installed package by its
 * name, or one on the registry by `name@version`. A name that is not installed is looked up on the registry, too.
 *
 * @param option for messages, e.g. `--previous`
 * @throws InvalidOptionError if it is a factor, or no folder and no name
 * @throws MissingFileError, InvalidManifestError, NewerSpecError, RegistryError
 */
export async function withReleased<T>(
  specifier: string,
  { option, log, ...npm }: NpmOptions & { option: string; log: (line: string) => void },
  body: (released: ReleasedCommon) => Promise<T>,
): Promise<T> {
  const use = (found: CommonPackage | FactorPackage) => body(checkCommon(found, specifier, option));
  if ((await stat(specifier).catch(() => undefined))?.isDirectory()) {
    return use(await readPackage(specifier));
  }
  if (!SPECIFIER.test(specifier)) {
    throw new InvalidOptionError({
      option,
      expected: 'a package folder, the name of an installed package, or name@version on the registry',
      received: specifier,
    });
  }
  const isPlainName = !specifier.includes('@', 1);
  const installed = isPlainName ? await findInstalled(specifier) : undefined;
  if (installed !== undefined) return use(installed);
  const workspace = await mkdtemp(join(tmpdir(), 'factornet-released-'));
  try {
    log(`Fetching ${specifier} from the registry`);
    await fetchPackage(specifier, workspace, npm);
    return await use(await readPackage(workspace));
  } finally {
    await rm(workspace, { recursive: true, force: true });
  }
}

async function findInstalled(name: string): Promise<CommonPackage | FactorPackage | undefined> {
  try {
    return await findPackage(name, process.cwd());
  } catch (error) {
    if (MissingFileError.isInstance(error)) return undefined;
    throw error;
  }
}

function checkCommon(
  found: CommonPackage | FactorPackage,
  specifier: string,
  option: string,
): ReleasedCommon {
  if (found.manifest.kind === 'common') return found as CommonPackage;
  throw new InvalidOptionError(
    { option, expected: 'a common-knowledge package', received: `${specifier}, a factor` },
    { hint: 'Versions of factors are not measured: they follow from what their maintainers change.' },
  );
}
