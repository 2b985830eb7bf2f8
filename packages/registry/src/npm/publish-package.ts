import { resolve } from 'node:path';
import { RegistryError } from '@factornet/spec/publishing';
import { measureTarball } from './pack-tarball';
import { ManagerFailure } from './run-manager';
import { askNpm, impatient, type NpmOptions, registryError, runNpm } from './run-npm';

/** What `npm publish` is told; npm's own settings stand for what is left out. */
export interface PublishOptions extends NpmOptions {
  /** Distribution tag, `latest` by default. */
  tag?: string;
  access?: 'public' | 'restricted';
  /** Links the package to the public build that published it; in CI only. */
  provenance?: boolean;
  /** Does everything but upload. */
  dryRun?: boolean;
  /** One-time password. */
  otp?: string;
}

/** What became of a package. */
export interface PublishedTarball {
  /** `present`: the registry has this very tarball already. `dry-run`: it would have been published. */
  readonly status: 'published' | 'present' | 'dry-run';
  /** Of the tarball. */
  readonly integrity: string;
  readonly bytes: number;
}

/**
 * Publishes a package folder with `npm publish`, scripts ignored, unless the registry has the very same tarball under
 * this version: so that publishing several packages can be taken up again where it stopped.
 *
 * @throws RegistryError with npm's own words, or if the registry has other contents under this version
 * @throws NpmMissingError or NpmPackError if the folder cannot be packed
 * @example
 * const { status } = await publishPackage(ckn, { registry: 'http://localhost:4873', access: 'public' });
 */
export async function publishPackage(
  { name, version, directory }: { name: string; version: string; directory: string },
  options: PublishOptions = {},
): Promise<PublishedTarball> {
  const { tag, access, provenance = false, dryRun = false, otp, ...npm } = options;
  const { integrity, bytes } = await measureTarball(directory);
  const command = `npm publish ${name}@${version}`;
  const present = await publishedIntegrity(`${name}@${version}`, npm);
  if (present === integrity) return { status: 'present', integrity, bytes };
  if (present !== undefined) {
    throw new RegistryError(
      {
        command,
        output: `The registry has this version already, with other contents:\n  there ${present}\n  here  ${integrity}`,
      },
      { hint: 'A version never changes: pack the next one (factornet version tells which that is).' },
    );
  }
  const flags = [
    ...(tag === undefined ? [] : [`--tag=${tag}`]),
    ...(access === undefined ? [] : [`--access=${access}`]),
    ...(otp === undefined ? [] : [`--otp=${otp}`]),
    ...(provenance ? ['--provenance'] : []),
    ...(dryRun ? ['--dry-run'] : []),
  ];
  try {
    await runNpm(['publish', resolve(directory), ...flags], npm);
  } catch (failure) {
    throw registryError(failure, command, npm);
  }
  return { status: dryRun ? 'dry-run' : 'published', integrity, bytes };
}

/** The integrity of a tarball on the registry; undefined if there is no such version. @throws RegistryError */
export async function publishedIntegrity(
  specifier: string,
  options: NpmOptions,
): Promise<string | undefined> {
  try {
    const answer = await askNpm(['view', specifier, 'dist.integrity', ...impatient], options);
    return answer === undefined ? undefined : String(answer);
  } catch (failure) {
    if (failure instanceof ManagerFailure && failure.code === 'E404') return undefined;
    throw registryError(failure, `npm view ${specifier}`, options);
  }
}
