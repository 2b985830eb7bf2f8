import npa from 'npm-package-arg';
import semverValid from 'semver/functions/valid.js';
import validRange from 'semver/ranges/valid.js';
import validateName from 'validate-npm-package-name';
import { describe, expect, it } from 'vitest';
import { alter, common, factor } from './fixtures';
import { parseManifest } from './parse-manifest';
import { isPackageName, isRegistryRange, isVersion } from './primitives';

/** What npm would do for `npm install <name>@<wanted>`. */
const read = (name: string, wanted: string) => npa(`${name}@${wanted}`, '/project');

/** Texts of pieces that names, versions, ranges and everything else that npm takes are made of. */
function draw(seed: number, pieces: readonly string[]): string {
  let [state, text] = [Math.imul(seed + 1, 0x9e3779b1) >>> 0, ''];
  const next = (below: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  for (let left = 1 + next(6); left > 0; left--) text += pieces[next(pieces.length)];
  return text;
}

const VERSIONS = [
  ...[
    '1',
    '0',
    '.',
    '.',
    '1.0.0',
    '2.3.4',
    '-',
    '-alpha',
    '.1',
    '01',
    '+build',
    '^',
    '~',
    '>=',
    '<',
    '=',
    'v',
  ],
  ...[' ', '||', ' - ', 'x', '*', ':', '/', '..', 'file:', 'npm:', 'git+ssh://', 'latest', '.tgz', '.tar.gz'],
  ...['.TAR', '@', '\n', '\t', '\u00a0', '\u001b', '#', '9007199254740993', 'a', 'Z', '/*', '$(x)', '\\'],
];
const NAMES = [
  ...['@', '/', 'a', 'scope', 'Z', '.', '..', '-', '_', '~', '%2f', ' ', '\n', 'node_modules', 'favicon.ico'],
  ...['.tgz', '.tar', ':', 'x1', "'", '!', '(', '\\', '#', 'é', 'fs', '@s/'],
];
const SEEDS = Array.from({ length: 4000 }, (_, seed) => seed);

describe('isRegistryRange', () => {
  it('takes nothing that npm reads as anything but versions of that package', () => {
    let taken = 0;
    for (const text of SEEDS.map((seed) => draw(seed, VERSIONS))) {
      if (!isRegistryRange(text)) continue;
      taken += 1;
      expect(validRange(text), JSON.stringify(text)).not.toBeNull();
      const { type, name, registry } = read('@scope/ckn', text);
      expect({ type, name, registry }, JSON.stringify(text)).toEqual({
        type: type === 'version' ? 'version' : 'range',
        name: '@scope/ckn',
        registry: true,
      });
    }
    expect(taken).toBeGreaterThan(150);
  });

  it.each(['^1.0.0', '1.x', '*', '>=1.2.0 <3', '1.0.0 - 2.0.0', '^1.0.0 || ^2.0.0-rc.1', '~0.1', 'v1'])(
    'takes %j',
    (range) => {
      expect(isRegistryRange(range)).toBe(true);
      expect(parseManifest(alter(factor, 'common.range', range), 'x').kind).toBe('factor');
    },
  );

  const evil = [
    ...['file:../evil', 'https://evil.example/x.tgz', 'git+ssh://git@evil.example/x.git', 'npm:evil@1.0.0'],
    ...['latest', '1.0.0 /*', 'workspace:^', 'link:../evil', 'catalog:', 'evil/repo', 'github:evil/repo'],
    ...['1.0.0/../../evil', '..', './evil', '~/evil', '1.0.0\n', '1.0.0\u001b[2J', ' ', '', ' 1.0.0'],
    // npm takes these for archives beside the package, and numbers that large for tags.
    ...['1.0.0-x.tgz', '>=1.0.0 <2.0.0-x.TAR', '1.0.0+x.tar.gz', '9007199254740993.0.0', '1.0.0\u00a0'],
    '1.0.0 || '.repeat(40),
  ];
  it.each(evil)('refuses %j', (range) => {
    expect(isRegistryRange(range)).toBe(false);
    expect(() => parseManifest(alter(factor, 'common.range', range), 'x')).toThrow(/common\.range: /);
  });
});

describe('isVersion', () => {
  it('takes what semver has in its plain form, and what npm reads as that version', () => {
    let taken = 0;
    for (const text of SEEDS.map((seed) => draw(seed, VERSIONS))) {
      const expected = semverValid(text) === text && read('ckn', text).type === 'version';
      expect(isVersion(text), JSON.stringify(text)).toBe(expected);
      if (expected) taken += 1;
    }
    expect(taken).toBeGreaterThan(30);
  });

  it.each(['latest', '1.0', '^1.0.0', 'v1.0.0', '1.0.0+build', '1.0.0\n', '1.0.0-x.tgz', '', 1, undefined])(
    'refuses %j',
    (version) => {
      expect(isVersion(version)).toBe(false);
      if (version === undefined) return;
      const manifest = alter(common, 'compatibility.representations.0.version', version);
      expect(() => parseManifest(manifest, 'x')).toThrow(/representations\.0\.version: /);
    },
  );
});

describe('isPackageName', () => {
  it('takes names that npm accepts for new packages, and that it reads as names', () => {
    let taken = 0;
    for (const text of SEEDS.map((seed) => draw(seed, NAMES))) {
      if (!isPackageName(text)) continue;
      taken += 1;
      const { validForNewPackages, errors, warnings } = validateName(text);
      // Names of Node's own modules are taken on the registry, by packages that do no harm.
      const isBuiltin = String(warnings).endsWith('is a core module name');
      expect(validForNewPackages || (errors === undefined && isBuiltin), JSON.stringify(text)).toBe(true);
      expect(read(text, '^1.0.0'), JSON.stringify(text)).toMatchObject({ type: 'range', name: text });
      expect(npa(text, '/project'), JSON.stringify(text)).toMatchObject({ registry: true, name: text });
    }
    expect(taken).toBeGreaterThan(150);
  });

  it.each(['a', 'shapes-common', '@scope/ckn', '@me2/a.b_c', `@scope/${'a'.repeat(207)}`])(
    'takes %j',
    (name) => {
      expect(isPackageName(name)).toBe(true);
    },
  );

  const evil = [
    ...['..', '../ckn', '@../ckn', '@scope/..', '@scope/../x', 'a/b', '@a/b/c', '/etc', 'C:\\x', 'a\\b'],
    ...['-g', '--prefix', '~root', '.hidden', '_x', 'Ckn', 'a b', 'a\n', 'a\u001b[2J', 'node_modules'],
    ...['x.tgz', '@scope/x.tar.gz', 'npm:x', 'https://x', '', `@scope/${'a'.repeat(208)}`, 'a@1', 'é'],
  ];
  it.each(evil)('refuses %j', (name) => {
    expect(isPackageName(name)).toBe(false);
    expect(() => parseManifest(alter(factor, 'common.name', name), 'x')).toThrow(/common\.name: /);
  });
});

describe('names of tasks and label spaces', () => {
  it.each([
    ['task.name', 'a'.repeat(101)],
    ['task.name', '../x'],
    ['task.labelSpace.name', 'things\u001b[2J'],
    ['task.labelSpace.name', 'things\u202e'],
    ['task.labelSpace.name', 'x'.repeat(215)],
  ])('%s is not %j', (path, replacement) => {
    expect(() => parseManifest(alter(factor, path, replacement), 'x')).toThrow(`${path}: `);
  });
});
