import Range from 'semver/classes/range.js';
import { describe, expect, it } from 'vitest';
import { isRange, satisfiesRange } from './satisfies-range';

const parts = ['0', '1', '2', '10', 'x', 'X', '*', '01', ''];
const preReleases = ['', '', '', '-alpha', '-alpha.1', '-alpha.10', '-1', '-0', '-rc-2.x', '-01', '-'];
const operators = ['', '', '^', '~', '~>', '>', '>=', '<', '<=', '=', '^ ', '>= ', '~ ', 'v', '=v', '!'];

/** Numbers that look drawn, from a seed: a linear congruential generator, whose upper bits are good enough here. */
function streamOf(seed: number) {
  let state = Math.imul(seed + 1, 0x9e3779b1) >>> 0;
  return {
    integer(below: number) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return Math.floor((state / 2 ** 32) * below);
    },
  };
}

/** Draws versions and ranges, whole and broken ones, that come close to one another often. */
function draw(seed: number) {
  const stream = streamOf(seed);
  const pick = <T>(values: readonly T[]) => values[stream.integer(values.length)] as T;
  const version = () =>
    `${stream.integer(3)}.${stream.integer(3)}.${stream.integer(3)}${pick(preReleases)}${pick(['', '', '+build.1'])}`;
  const partial = () =>
    `${pick(parts)}${pick(['', '.', '.', '.'])}${pick(parts)}${pick(['', '.', '.', '.'])}${pick(parts)}${pick(preReleases)}`;
  const operand = () => (stream.integer(3) === 0 ? partial() : version());
  const simple = () => `${pick(operators)}${operand()}`;
  const alternative = () =>
    pick([simple, simple, () => `${simple()} ${simple()}`, () => `${operand()} - ${operand()}`, () => ''])();
  const range = () => Array.from({ length: 1 + stream.integer(2) }, alternative).join(pick(['||', ' || ']));
  return { version: version(), range: range() };
}

/** As `semver.satisfies` and `semver.validRange` read it. */
function parsed(range: string): Range | undefined {
  try {
    return new Range(range);
  } catch {
    return undefined;
  }
}

describe('satisfiesRange', () => {
  it('answers as npm does, for twenty thousand drawn versions and ranges', () => {
    let satisfied = 0;
    const different: string[] = [];
    for (let seed = 0; seed < 20_000; seed++) {
      const { version, range } = draw(seed);
      const npm = parsed(range);
      const expected = [npm?.test(version) ?? false, npm !== undefined];
      const received = [satisfiesRange(version, range), isRange(range)];
      if (expected[0]) satisfied += 1;
      if (String(received) !== String(expected)) different.push(`${version} in ${JSON.stringify(range)}`);
    }
    expect(different).toEqual([]);
    // Or equality would prove little.
    expect(satisfied).toBeGreaterThan(1000);
  });

  it.each([
    ['1.2.3', '^1.0.0', true],
    ['2.0.0-alpha', '^1.0.0', false],
    ['1.2.3', '>=1 <3', true],
    ['0.2.5', '^0.2.0', true],
    ['0.3.0', '^0.2.0', false],
    ['1.0.0', 'latest', false],
    ['one', '*', false],
    ['1.0.0', '', true],
  ])('%s in %j: %s', (version, range, expected) => {
    expect(satisfiesRange(version, range)).toBe(expected);
  });

  it('takes no time for a range that is made to take long', () => {
    const long = `${'>=1.'.repeat(20_000)}${' '.repeat(20_000)}- 1`;
    const start = performance.now();
    expect(satisfiesRange('1.0.0', long)).toBe(false);
    expect(satisfiesRange('1.0.0', `1${' '.repeat(50_000)}y`)).toBe(false);
    expect(performance.now() - start).toBeLessThan(1000);
  });
});
