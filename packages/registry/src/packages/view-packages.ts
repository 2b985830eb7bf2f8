import { join } from 'node:path';
import { readPackageJson } from '@factornet/core/node';
import { shellWord } from '@factornet/spec';
import { RegistryError } from '@factornet/spec/publishing';
import rcompare from 'semver/functions/rcompare.js';
import valid from 'semver/functions/valid.js';
import { type RegistryOptions, runNpm } from '../npm/run-npm';
import { checkedFields } from './check-data-only';
import { inParallel } from './in-parallel';
import { parseSpecifier } from './parse-specifier';
import { type PublishedPackage, parsePublished } from './published-package';
import { readTarballDescription } from './read-tarball-description';

export interface ViewOptions extends RegistryOptions {
  /** Told after each look-up. */
  onProgress?: (done: number, total: number) => void;
}

const viewedFields = ['name', 'version', 'factornet', 'dist', 'dist-tags', 'deprecated', ...checkedFields];

/**
 * Reads what packages say about themselves, several at a time, without installing or running anything of them: from
 * the registry through `npm view` (so with the user's own `.npmrc`, tokens, proxies and cache), from folders and from
 * tarballs. Of a range it takes what npm would install: the version tagged `latest` if it is within, else the highest.
 *
 * @throws RegistryError if there is no such package, npm may not read it or the registry is out of reach
 * @throws InvalidManifestError if it is no package of knowledge, NewerSpecError, RefusedPackageError
 * @throws MissingFileError, InvalidOptionError, CancelledError
 * @example
 * const [shape] = await viewPackages(['@scope/shape@^1.0.0']);
 */
export function viewPackages(
  specifiers: readonly string[],
  options: ViewOptions = {},
): Promise<PublishedPackage[]> {
  return inParallel(specifiers, (text) => viewPackage(text, options), options.onProgress);
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
  const asked = wanted === undefined ? name : `${name}@${wanted}`;
  const found = await viewEntries(asked, name, options);
  return parsePublished(takeOne(found), { source: asked });
}

/** What `npm view` tells of every version that fits; at least one. */
export async function viewEntries(
  asked: string,
  name: string,
  options: RegistryOptions,
): Promise<Record<string, unknown>[]> {
  const answer = await runNpm(['view', asked, ...viewedFields], options);
  const entries = (Array.isArray(answer) ? answer : [answer]).map(Object) as Record<string, unknown>[];
  const named = entries.filter((entry) => entry.name === name && valid(String(entry.version)) !== null);
  if (named.length > 0) return named;
  throw new RegistryError(
    { command: `npm view ${asked}`, output: 'No version of it fits.' },
    { hint: `See what there is: npm view ${shellWord(name)} versions` },
  );
}

/** As npm chooses among the versions of a range: `latest`, else the highest, deprecated ones last. */
function takeOne(entries: readonly Record<string, unknown>[]): Record<string, unknown> {
  const { latest } = Object((entries[0] as Record<string, unknown>)['dist-tags']);
  const rank = (entry: Record<string, unknown>) =>
    entry.version === latest ? 2 : entry.deprecated === undefined ? 1 : 0;
  const ordered = entries.toSorted(
    (one, other) => rank(other) - rank(one) || rcompare(String(one.version), String(other.version)),
  );
  return ordered[0] as Record<string, unknown>;
}
