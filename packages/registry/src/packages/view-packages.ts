import { join } from 'node:path';
import { locatePackage } from '@factornet/assembler/node';
import { fetchPackageJson } from '@factornet/core/internal';
import { inParallel, readPackageJson } from '@factornet/core/node';
import rcompare from 'semver/functions/rcompare.js';
import type { RegistryOptions } from '../npm/ask-registry';
import { withTarball } from '../npm/fetch-package';
import { findLocalPath } from './local-path';
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

async function viewPackage(text: string, options: ViewOptions): Promise<PublishedPackage> {
  const { cwd = process.cwd() } = options;
  const specifier = parseSpecifier(text);
  switch (specifier.form) {
    case 'name':
    case 'release': {
      const { name, wanted } = { wanted: undefined, ...specifier };
      const found = await viewEntries(name, wanted, options);
      return parsePublished(takeOne(found), { source: wanted === undefined ? name : `${name}@${wanted}` });
    }
    case 'remote-folder': {
      const { location } = locatePackage(specifier.url);
      const { description } = await fetchPackageJson(location, options);
      return parsePublished(description, { source: specifier.url, specifier: specifier.url });
    }
    case 'remote-tarball':
      return withTarball(specifier.url, options, async (path) => {
        const { description, ...sizes } = await readTarballDescription(path);
        return parsePublished(description, { source: specifier.url, specifier: specifier.url, ...sizes });
      });
    default: {
      const { form, path } = await findLocalPath(specifier, cwd);
      const { description, ...sizes } =
        form === 'tarball'
          ? await readTarballDescription(path)
          : { description: await readPackageJson(join(path, 'package.json')) };
      return parsePublished(description, { source: path, specifier: path, ...sizes });
    }
  }
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
