import { InvalidOptionError } from '@factornet/spec';
import { shellWord } from '@factornet/spec/internal';
import { RegistryError } from '@factornet/spec/publishing';
import { askRegistry, type RegistryOptions } from '../npm/ask-registry';

export interface SearchRequest extends RegistryOptions {
  /** Words to look for in names, descriptions and keywords. */
  query?: string;
  /** npm scope, e.g. `@me`. Its registry is asked, if it has one of its own. */
  scope?: string;
  /** Which packages of knowledge. Default: factors. */
  kind?: 'factor' | 'common';
  /** At most so many hits are looked at. Default 1,000. */
  limit?: number;
  /** Told how many hits there are beyond those. */
  onLeftOut?: (hits: number) => void;
}

/** A hit, described by its registry. Its manifest is not known yet: `viewPackages` reads it. */
export interface FoundPackage {
  readonly name: string;
  /** The latest. */
  readonly version: string;
  readonly description: string;
}

/** Hits of one answer: the most that the public registry gives at once. */
const PAGE = 250;

/**
 * Searches a registry for packages of knowledge by their keywords (`factornet-factor`, `factornet-common`), page by page.
 * Registries differ in what they search: the public one knows keywords and scopes, others, verdaccio
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
  limit = 1000,
  onLeftOut = () => {},
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
    questions.map((question) => readPages(question.join(' '), { scope, limit, options })),
  );
  const [first, second] = answers;
  if (first?.status === 'rejected' && second?.status === 'rejected') throw withoutSearch(first.reason);
  const read = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []));
  // The question that a registry answers by keyword is the one that finds them all.
  const { left } = read.find(({ hits }) => hits.length > 0) ?? { left: 0 };
  if (left > 0) onLeftOut(left);
  const found = new Map<string, FoundPackage>();
  for (const { name, version, keywords, description, ...rest } of read.flatMap(({ hits }) => hits)) {
    if (typeof name !== 'string' || !Array.isArray(keywords) || !keywords.includes(keyword)) continue;
    if (scope !== undefined && !name.startsWith(`${scope}/`)) continue;
    const latest = version ?? Object(rest['dist-tags']).latest;
    if (typeof latest === 'string')
      found.set(name, { name, version: latest, description: String(description ?? '') });
  }
  return [...found.values()].sort((one, other) => (one.name < other.name ? -1 : 1));
}

type Hit = Readonly<Record<string, unknown>>;

/** Pages until there are no more, the limit is reached, or a registry repeats itself: not all know of pages. */
async function readPages(
  text: string,
  { scope, limit, options }: { scope: string | undefined; limit: number; options: RegistryOptions },
): Promise<{ hits: Hit[]; left: number }> {
  const hits = new Map<unknown, Hit>();
  let total = 0;
  for (let from = 0; from < limit; ) {
    const query = { text, size: Math.min(PAGE, limit - from), from };
    const asked = ['npm', 'search', ...text.split(' ')].map(shellWord).join(' ');
    const answer = Object(await askRegistry({ path: '/-/v1/search', query, scope, asked }, options));
    const page = (Array.isArray(answer.objects) ? answer.objects : []).map((each: unknown) =>
      Object(Object(each).package),
    ) as Hit[];
    const before = hits.size;
    for (const hit of page) hits.set(hit.name, hit);
    from += page.length;
    total = Number(answer.total) || 0;
    if (hits.size === before || (total > 0 ? from >= total : page.length < query.size)) break;
  }
  return { hits: [...hits.values()], left: Math.max(0, total - hits.size) };
}

/** Many registries answer questions about packages, and none about words. */
function withoutSearch(error: unknown): unknown {
  if (!RegistryError.isInstance(error)) return error;
  const hint =
    'Where a registry cannot search, name the candidates: factornet plan --tasks shape @me/shape @you/shape';
  return new RegistryError(error, { cause: error, hint });
}
