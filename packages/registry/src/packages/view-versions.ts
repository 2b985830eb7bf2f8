import { inParallel } from '@factornet/core/node';
import { FactornetError, InvalidOptionError } from '@factornet/spec';
import rcompare from 'semver/functions/rcompare.js';
import { parseSpecifier } from './parse-specifier';
import { type PublishedPackage, parsePublished } from './published-package';
import { viewEntries } from './view-entries';
import type { ViewOptions } from './view-packages';

/** Every version but pre-releases, which only a range that names one wants. */
const ANY = '>=0.0.0';

/**
 * Reads all published versions of packages within their ranges, highest first, as {@link viewPackages} reads one.
 * Versions that are no packages of knowledge, or of a later specification, are left out as long as another is left.
 *
 * @param specifiers names, or names with a range; `@scope/ckn` means all but pre-releases
 * @throws RegistryError, CancelledError, and what the highest version is refused for if no version can be read
 * @throws InvalidOptionError for a folder or tarball
 * @example
 * const [versions] = await viewVersions(['@scope/ckn@^1.0.0 || ^2.0.0']);
 */
export function viewVersions(
  specifiers: readonly string[],
  options: ViewOptions = {},
): Promise<PublishedPackage[][]> {
  return inParallel(specifiers, (text) => viewEach(text, options), { onProgress: options.onProgress });
}

async function viewEach(text: string, options: ViewOptions): Promise<PublishedPackage[]> {
  const specifier = parseSpecifier(text);
  if (!('name' in specifier)) {
    throw new InvalidOptionError({ option: 'package', expected: 'the name of a package', received: text });
  }
  const { name, wanted } = { wanted: ANY, ...specifier };
  const entries = await viewEntries(name, wanted, options);
  const sorted = entries.toSorted((one, other) => rcompare(String(one.version), String(other.version)));
  const readable: PublishedPackage[] = [];
  let refusal: unknown;
  for (const entry of sorted) {
    try {
      readable.push(parsePublished(entry, { source: `${name}@${wanted}` }));
    } catch (error) {
      if (!FactornetError.isInstance(error)) throw error;
      refusal ??= error;
    }
  }
  if (readable.length === 0) throw refusal;
  return readable;
}
