type Version = readonly [major: number, minor: number, patch: number, preRelease: readonly string[]];
type Bound = readonly [operator: '<' | '<=' | '>' | '>=' | '=', version: Version];

const NUMBER = '0|[1-9]\\d*';
const PRE_RELEASE = `(?:-((?:${NUMBER}|\\d*[a-z-][\\da-z-]*)(?:\\.(?:${NUMBER}|\\d*[a-z-][\\da-z-]*))*))?`;
const BUILD = '(?:\\+[\\da-z.-]+)?';
const PART = `(${NUMBER}|[x*])`;
const PARTIAL = `[v=\\s]*${PART}(?:\\.${PART}(?:\\.${PART}${PRE_RELEASE}${BUILD})?)?`;
const full = new RegExp(`^v?(${NUMBER})\\.(${NUMBER})\\.(${NUMBER})${PRE_RELEASE}${BUILD}$`, 'i');
const comparator = new RegExp(`^(\\^|~>?|[<>]=?|)${PARTIAL}$`, 'i');
const hyphen = new RegExp(`^${PARTIAL}\\s+-\\s+${PARTIAL}$`, 'i');

/**
 * Whether npm would install this version for this range. False if one of them is invalid.
 *
 * The package `semver` would be a quarter of everything that a page loads to assemble packages; the tests hold this
 * function against it.
 *
 * Source: https://github.com/npm/node-semver#ranges
 */
export function satisfiesRange(version: string, range: string): boolean {
  const candidate = parseVersion(version);
  const alternatives = parseRange(range);
  if (candidate === undefined || alternatives === undefined) return false;
  return alternatives.some(
    (bounds) =>
      bounds.every((bound) => isWithin(candidate, bound)) &&
      // A pre-release is wanted only by a range that names one of the same version.
      (candidate[3].length === 0 ||
        bounds.some(([, wanted]) => wanted[3].length > 0 && compareNumbers(candidate, wanted) === 0)),
  );
}

/** Whether npm reads this as a semver range; `latest` and other tags are none. */
export function isRange(range: string): boolean {
  return parseRange(range) !== undefined;
}

function parseVersion(text: string): Version | undefined {
  const match = full.exec(text.trim());
  return match === null ? undefined : toVersion(match.slice(1));
}

function parseRange(range: string): Bound[][] | undefined {
  // White space first: the expressions are then quick on any text.
  const alternatives = range.replace(/\s+/g, ' ').split('||').map(parseBounds);
  if (alternatives.includes(undefined)) return undefined;
  // As npm has it: where every version will do, the alternatives are nothing.
  return alternatives.some((bounds) => bounds?.length === 0) ? [[]] : (alternatives as Bound[][]);
}

function parseBounds(alternative: string): Bound[] | undefined {
  const text = alternative.trim();
  const span = hyphen.exec(text);
  if (span !== null) {
    return [...toBounds('>=', span.slice(1, 5)), ...toBounds('<=', span.slice(5))];
  }
  const bounds: Bound[] = [];
  for (const word of text.replace(/([~^<>=]) /g, '$1').split(' ')) {
    const match = comparator.exec(word || '*');
    if (match === null) return undefined;
    const [operator, ...parts] = match.slice(1) as [string, ...(string | undefined)[]];
    if (!/[~^]/.test(operator) && isPatchy(parts)) return undefined;
    bounds.push(...toBounds(operator, parts));
  }
  // At least 0.0.0 is no bound.
  return bounds.filter(([operator, version]) => operator !== '>=' || String(version) !== '0,0,0,');
}

/** A number behind an `x`, as in `1.x.3`. */
function isPatchy(parts: readonly (string | undefined)[]): boolean {
  const wild = parts.slice(0, 3).findIndex((part) => part !== undefined && /[x*]/i.test(part));
  return wild >= 0 && parts.slice(wild, 3).some((part) => part !== undefined && /\d/.test(part));
}

/** `^1.2` is `>=1.2.0` and `<2.0.0-0`: below even the pre-releases of 2.0.0. */
function toBounds(operator: string, parts: readonly (string | undefined)[]): Bound[] {
  const given = parts.slice(0, 3).findIndex((part) => part === undefined || /^[x*]$/i.test(part));
  const stated = given < 0 ? 3 : given;
  const lower = toVersion(stated === 3 ? parts : parts.slice(0, stated));
  const below = (position: number): Bound => {
    const numbers = lower.slice(0, 3).map((number, index) => (index < position ? number : 0)) as number[];
    numbers[position] = (lower[position] as number) + 1;
    return ['<', toVersion([...numbers.map(String), '0'])];
  };
  if (stated === 0)
    return operator === '<' || operator === '>' ? [['<', toVersion(['0', '0', '0', '0'])]] : [];
  switch (operator) {
    case '^': {
      const first = lower.slice(0, stated).findIndex((part) => part !== 0);
      return [['>=', lower], below(first < 0 ? stated - 1 : first)];
    }
    case '~':
    case '~>':
      return [['>=', lower], below(Math.min(1, stated - 1))];
    case '>=':
      return [['>=', lower]];
    case '<':
      return [['<', stated === 3 ? lower : [lower[0], lower[1], lower[2], ['0']]]];
    case '>':
      return stated === 3
        ? [['>', lower]]
        : [['>=', [...(below(stated - 1)[1].slice(0, 3) as [number, number, number]), []]]];
    case '<=':
      return [stated === 3 ? ['<=', lower] : below(stated - 1)];
    default:
      return stated === 3 ? [['=', lower]] : [['>=', lower], below(stated - 1)];
  }
}

function toVersion([major, minor, patch, preRelease]: readonly (string | undefined)[]): Version {
  return [Number(major ?? 0), Number(minor ?? 0), Number(patch ?? 0), preRelease?.split('.') ?? []];
}

function isWithin(version: Version, [operator, wanted]: Bound): boolean {
  const order = compareNumbers(version, wanted) || comparePreReleases(version[3], wanted[3]);
  if (order === 0) return operator.endsWith('=');
  return operator.startsWith(order < 0 ? '<' : '>');
}

function compareNumbers(one: Version, other: Version): number {
  return one[0] - other[0] || one[1] - other[1] || one[2] - other[2];
}

/** A version without one is later than its pre-releases; numbers come before words. */
function comparePreReleases(one: readonly string[], other: readonly string[]): number {
  if (one.length === 0 || other.length === 0) return other.length - one.length;
  for (let index = 0; index < Math.max(one.length, other.length); index++) {
    const [left, right] = [one[index], other[index]];
    if (left === undefined || right === undefined) return left === undefined ? -1 : 1;
    if (left === right) continue;
    const [leftNumber, rightNumber] = [Number(left), Number(right)];
    const numeric = [/^\d+$/.test(left), /^\d+$/.test(right)];
    if (numeric[0] && numeric[1]) return leftNumber - rightNumber;
    if (numeric[0] !== numeric[1]) return numeric[0] ? -1 : 1;
    return left < right ? -1 : 1;
  }
  return 0;
}
