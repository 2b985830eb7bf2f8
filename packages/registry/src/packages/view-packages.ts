import { join } from 'node:path';
import { inParallel, readPackageJson } from '@factornet/core/node';
import rcompare from 'semver/functions/rcompare.js';
import type { RegistryOptions } from '../npm/ask-registry';
import { parseSpecifier } from './parse-specifier';
import { type PublishedPackage, parsePublished } from './published-package';
import { readTarballDescription } from './read-tarball-description';
import { type Entry, viewEntries } from './view-entries';

export interface ViewOptions extends RegistryOptions {
  /** Told after each look-up. */
  onProgress?: (done: number, total: number) => void;
}

/**
 * Reads what packages say about themselves, several at a time, without installing or running anything of them: from
 * the registry as npm would (so with the user's own `.npmrc`, registries of scopes, tokens, proxies and cache), from
 * folders and from tarballs. Of a range it takes what npm would install: the version tagged `latest` if it is within, else the highest.
 *
 * @throws RegistryError if there is no such package, it may not be read, or the registry is out of reach or does not answer in time
 * @throws InvalidManifestError if it is no package of knowledge, NewerSpecError, RefusedPackageError
 * @throws MissingFileError, InvalidOptionError, CancelledError
 * @example
 * const [shape] = await viewPackages(['@scope/shape@^1.0.0']);
 */
export function viewPackages(
  specifiers: readonly string[],
  options: ViewOptions = {},
): Promise<PublishedPackage[]> {
  return inParallel(specifiers, (text) => viewPackage(text, options), { onProgress: options.onProgress });
}

async function viewPackage(text: string, options: RegistryOptions): Promise<PublishedPackage> {
  const specifier = parseSpecifier(text, options.cwd);
  if (specifier.type === 'directory') {
    const description = await readPackageJson(join(specifier.path, 'package.json'));
    return parsePublished(description, { source: specifier.path, specifier: specifier.path });
  }
  if (specifier.type === 'tarball') {
    const { description, ...sizes } = await readTarballDescription(specifier.path);
    return parsePublished(description, { source: specifier.path, specifier: specifier.path, ...sizes });
  }
  const { name, wanted } = specifier;
  const found = await viewEntries(name, wanted, options);
  return parsePublished(takeOne(found), { source: wanted === undefined ? name : `${name}@${wanted}` });
}

/** As npm chooses among the versions of a range: `latest`, else the highest, deprecated ones last. */
function takeOne(entries: readonly Entry[]): Entry {
  const { latest } = Object((entries[0] as Entry)['dist-tags']);
  const rank = (entry: Entry) => (entry.version === latest ? 2 : entry.deprecated === undefined ? 1 : 0);
  const ordered = entries.toSorted(
    (one, other) => rank(other) - rank(one) || rcompare(String(one.version), String(other.version)),
  );
  return ordered[0] as Entry;
}
