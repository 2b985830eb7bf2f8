import { InvalidOptionError } from '@factornet/spec';
import { RegistryError } from '@factornet/spec/publishing';
import { type RegistryOptions, runNpm } from '../npm/run-npm';

export interface SearchRequest extends RegistryOptions {
  /** Words to look for in names, descriptions and keywords. */
  query?: string;
  /** npm scope, e.g. `@me`. */
  scope?: string;
  /** Which packages of knowledge. Default: factors. */
  kind?: 'factor' | 'common';
  /** At most so many. Default 50, which registries answer at once; 250 is the most they take. */
  limit?: number;
}

/** A hit, described by its registry. Its manifest is not known yet: `viewPackages` reads it. */
export interface FoundPackage {
  readonly name: string;
  /** The latest. */
  readonly version: string;
  readonly description: string;
}

/**
 * Searches a registry for packages of knowledge by their keywords (`factornet-factor`, `factornet-common`), through
 * `npm search`. Registries differ in what they search: the public one knows keywords and scopes, others, verdaccio
 * among them, look for words in names and descriptions. So both questions are asked, and only packages that carry the
 * keyword are taken. An empty answer may mean that a registry cannot search; candidates can always be named.
 *
 * @throws RegistryError, InvalidOptionError, CancelledError
 * @example
 * const found = await searchPackages({ scope: '@me' });
 */
export async function searchPackages({
  query = '',
  scope,
  kind = 'factor',
  limit = 50,
  ...options
}: SearchRequest = {}): Promise<FoundPackage[]> {
  if (scope !== undefined && !/^@[a-z0-9~-][a-z0-9._~-]*$/.test(scope)) {
    throw new InvalidOptionError({ option: 'scope', expected: 'an npm scope, e.g. "@me"', received: scope });
  }
  const keyword = `factornet-${kind}`;
  const words = query.split(/\s+/).filter((word) => word !== '');
  const questions = [
    [`keywords:${keyword}`, ...(scope === undefined ? [] : [`scope:${scope.slice(1)}`]), ...words],
    // Packages say "for factornet" in their description unless their publisher found other words.
    scope === undefined && words.length === 0
      ? ['factornet']
      : [...(scope === undefined ? [] : [`${scope}/`]), ...words],
  ];
  const answers = await Promise.allSettled(
    questions.map((question) => runNpm(['search', ...question], options, [`--searchlimit=${limit}`])),
  );
  const [first, second] = answers;
  if (first?.status === 'rejected' && second?.status === 'rejected') throw withoutSearch(first.reason);
  const found = new Map<string, FoundPackage>();
  const hits = answers.flatMap((answer) =>
    'value' in answer && Array.isArray(answer.value) ? answer.value : [],
  );
  for (const { name, version, keywords, description, ...rest } of hits.map(Object)) {
    if (typeof name !== 'string' || !Array.isArray(keywords) || !keywords.includes(keyword)) continue;
    if (scope !== undefined && !name.startsWith(`${scope}/`)) continue;
    const latest = version ?? Object(rest['dist-tags']).latest;
    if (typeof latest === 'string')
      found.set(name, { name, version: latest, description: String(description ?? '') });
  }
  return [...found.values()].slice(0, limit).sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** Many registries answer questions about packages, and none about words. */
function withoutSearch(error: unknown): unknown {
  if (!RegistryError.isInstance(error)) return error;
  const hint =
    'Where a registry cannot search, name the candidates: factornet plan --tasks shape @me/shape @you/shape';
  return new RegistryError(error, { cause: error, hint });
}
