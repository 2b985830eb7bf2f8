/** What a version has to be: `<`, `>=`, …, and the key of a version. */
type Bound = readonly [operator: string, key: string];

// Of 15 digits at most: npm takes larger numbers for tags.
const NUMBER = '0|[1-9]\\d{0,14}';
const WORD = `(?:${NUMBER}|\\d*[a-zA-Z-][\\da-zA-Z-]*)`;
const PRE = `(?:-(${WORD}(?:\\.${WORD})*))?`;
const PLAIN = `(${NUMBER})\\.(${NUMBER})\\.(${NUMBER})${PRE}`;
const BUILD = '(?:\\+[\\da-zA-Z-]+(?:\\.[\\da-zA-Z-]+)*)?';
const PART = `(${NUMBER}|[xX*])`;
const PARTIAL = `[v=\\s]*${PART}(?:\\.${PART}(?:\\.${PART}${PRE}${BUILD})?)?`;
const version = new RegExp(`^v?${PLAIN}${BUILD}$`);
const comparator = new RegExp(`^(\\^|~>?|[<>]=?|)${PARTIAL}$`);
const hyphen = new RegExp(`^${PARTIAL} - ${PARTIAL}$`);
/** A version in its plain form, without build metadata, which npm drops. */
export const plainVersion = new RegExp(`^${PLAIN}$`);

/**
 * Whether npm would install this version for this range. False if one of them is invalid.
 *
 * The package `semver` would be a quarter of everything that a page loads to assemble packages; the tests hold this
 * function against it.
 *
 * Source: https://github.com/npm/node-semver#ranges
 */
export function satisfiesRange(candidate: string, range: string): boolean {
  const parts = version.exec(candidate.trim())?.slice(1);
  if (parts === undefined) return false;
  const key = keyOf(parts, parts[3]);
  return (parseRange(range) ?? []).some(
    (bounds) =>
      bounds.every((bound) => isWithin(key, bound)) &&
      // A pre-release is wanted only by a range that names one of the same version.
      (!isPreRelease(key) ||
        bounds.some(([, wanted]) => isPreRelease(wanted) && release(wanted) === release(key))),
  );
}

/** Whether npm reads this as a semver range; `latest` and other tags are none. */
export function isRange(range: string): boolean {
  return parseRange(range) !== undefined;
}

/** Alternatives, each of bounds that hold together. */
function parseRange(range: string): Bound[][] | undefined {
  // White space first: the expressions are then quick on any text.
  const alternatives = range.replace(/\s+/g, ' ').split('||').map(parseBounds);
  if (alternatives.includes(undefined)) return undefined;
  // As npm has it: where every version will do, the alternatives are nothing.
  return alternatives.some((bounds) => bounds?.length === 0) ? [[]] : (alternatives as Bound[][]);
}

function parseBounds(alternative: string): Bound[] | undefined {
  const text = alternative.trim();
  const span = hyphen.exec(text)?.slice(1);
  if (span !== undefined) return [...toBounds('>=', span.slice(0, 4)), ...toBounds('<=', span.slice(4))];
  const bounds: Bound[] = [];
  for (const word of text.replace(/([~^<>=]) /g, '$1').split(' ')) {
    const [, operator, ...parts] = comparator.exec(word || '*') ?? [];
    if (operator === undefined) return undefined;
    // A number behind an x, as in 1.x.3.
    const isPatchy = /[x*],+\d/i.test(String(parts.slice(0, 3)));
    if (isPatchy && !/[~^]/.test(operator)) return undefined;
    bounds.push(...toBounds(operator, parts));
  }
  // At least 0.0.0 is no bound.
  return bounds.filter(([operator, key]) => operator !== '>=' || key !== keyOf([]));
}

/** `^1.2` is `>=1.2.0` and `<2.0.0-0`: below even the pre-releases of 2.0.0. */
function toBounds(operator: string, parts: readonly (string | undefined)[]): Bound[] {
  const stated = [...parts.slice(0, 3), 'x'].findIndex((part) => part === undefined || /[x*]/i.test(part));
  const numbers = parts.slice(0, stated) as string[];
  const whole = stated === 3;
  const lower = keyOf(numbers, whole ? parts[3] : undefined);
  /** The first version behind all that begin with the first numbers. */
  const next = (last = stated - 1) => [...numbers.slice(0, last), String(Number(numbers[last]) + 1)];
  const below = (last?: number): Bound => ['<', keyOf(next(last), '0')];
  if (stated === 0) return /^[<>]$/.test(operator) ? [['<', keyOf([], '0')]] : [];
  switch (operator[0]) {
    case '^': {
      const first = numbers.findIndex((number) => number !== '0');
      return [['>=', lower], below(first < 0 ? undefined : first)];
    }
    case '~':
      return [['>=', lower], below(Math.min(1, stated - 1))];
    case '<':
      if (whole) return [[operator, lower]];
      return [operator === '<' ? ['<', keyOf(numbers, '0')] : below()];
    case '>':
      return [whole || operator === '>=' ? [operator, lower] : ['>=', keyOf(next())]];
    default:
      return whole ? [['=', lower]] : [['>=', lower], below()];
  }
}

/** Text that sorts as versions do: a version comes behind its pre-releases, and their numbers come before words. */
function keyOf(
  [major = '0', minor = '0', patch = '0']: readonly (string | undefined)[],
  preRelease?: string,
): string {
  const sortable = (digits: string) => String(digits.length).padStart(3, '0') + digits;
  const words = preRelease?.split('.').map((word) => (/^\d+$/.test(word) ? sortable(word) : `a${word}`));
  return [major, minor, patch].map(sortable).join('.') + (words === undefined ? '~' : `-${words.join(' ')}`);
}

const isPreRelease = (key: string) => !key.endsWith('~');
const release = (key: string) => key.split(/[~-]/)[0];

function isWithin(key: string, [operator, wanted]: Bound): boolean {
  if (key === wanted) return operator.endsWith('=');
  return operator.startsWith(key < wanted ? '<' : '>');
}
