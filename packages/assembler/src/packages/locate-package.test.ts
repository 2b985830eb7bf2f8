import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { InvalidManifestError, InvalidOptionError, MissingFileError } from '@factornet/spec';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { locatePackage } from './locate-package';

let folder: string;
beforeAll(async () => {
  // Where temporary folders are links, Node tells the place behind the link.
  folder = await realpath(await mkdtemp(join(tmpdir(), 'factornet locate-')));
  for (const place of [
    'node_modules/@scope/shape',
    'node_modules/plain',
    'cdn/@scope/shape@^1.0.0',
    'below',
  ]) {
    await mkdir(join(folder, place), { recursive: true });
    await writeFile(join(folder, place, 'package.json'), '{}');
  }
  await mkdir(join(folder, 'node_modules/hidden'));
  await writeFile(join(folder, 'node_modules/hidden/package.json'), '{ "exports": "./index.js" }');
});
afterAll(() => rm(folder, { recursive: true }));
afterEach(() => vi.restoreAllMocks());

const located = (...parameters: Parameters<typeof locatePackage>) =>
  locatePackage(...parameters).location.href;
const here = (path: string) => pathToFileURL(join(process.cwd(), path)).href;

/** As in a page: nothing of Node. */
function inBrowser<T>(work: () => T): T {
  const kept = process.getBuiltinModule;
  try {
    process.getBuiltinModule = undefined as never;
    return work();
  } finally {
    process.getBuiltinModule = kept;
  }
}

describe('locatePackage', () => {
  it.each([
    ['https://example.org/models/shape', 'https://example.org/models/shape/package.json'],
    ['https://example.org/models/shape/', 'https://example.org/models/shape/package.json'],
    ['https://example.org/models/shape/package.json', 'https://example.org/models/shape/package.json'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080/package.json'],
    [
      'https://example.org//other.example/shape?v=1#x',
      'https://example.org//other.example/shape/package.json',
    ],
    ['file:///models/shape', 'file:///models/shape/package.json'],
  ])('takes the URL %s', (source, expected) => {
    expect(located(source)).toBe(expected);
    expect(located(new URL(source))).toBe(expected);
  });

  it('takes folders', () => {
    expect(located('./packages/shape')).toBe(here('packages/shape/package.json'));
    expect(located('../shape')).toBe(here('../shape/package.json'));
    expect(located('.')).toBe(here('package.json'));
    expect(located(folder)).toBe(pathToFileURL(join(folder, 'package.json')).href);
  });

  it('takes names of a CDN', () => {
    const from = 'https://cdn.example/npm';
    for (const base of [from, `${from}/`, new URL(from)]) {
      expect(located('@scope/shape', { from: base })).toBe(`${from}/@scope/shape/package.json`);
      expect(located('shape@1.2.0', { from: base })).toBe(`${from}/shape@1.2.0/package.json`);
    }
    expect(located('@scope/shape@^1.0.0', { from })).toBe(`${from}/@scope/shape@%5E1.0.0/package.json`);
    expect(located('@scope/shape@>=1 <3', { from })).toBe(`${from}/@scope/shape@%3E%3D1%20%3C3/package.json`);
  });

  it('takes names of installed packages, from a folder or those above', () => {
    const at = (path: string) => pathToFileURL(join(folder, path, 'package.json')).href;
    for (const from of [folder, join(folder, 'below'), pathToFileURL(folder)]) {
      expect(located('@scope/shape', { from })).toBe(at('node_modules/@scope/shape'));
      expect(located('plain@^1.0.0', { from })).toBe(at('node_modules/plain'));
    }
    // This package's own dependencies, seen from the working directory of these tests.
    expect(located('@tensorflow/tfjs', { from: 'packages/assembler' })).toMatch(/tfjs\/package\.json$/);
  });

  it('takes names of a folder that is laid out like a CDN', () => {
    const from = join(folder, 'cdn');
    const expected = pathToFileURL(join(from, '@scope/shape@^1.0.0/package.json'));
    const { location, name, range } = locatePackage('@scope/shape@^1.0.0', { from });
    expect(decodeURIComponent(location.href)).toBe(decodeURIComponent(expected.href));
    expect({ name, range }).toEqual({ name: '@scope/shape', range: '^1.0.0' });
  });

  it('says what to install', () => {
    const missing = () => locatePackage('@scope/hue', { from: folder });
    expect(missing).toThrow(MissingFileError);
    expect(missing).toThrow(
      `The package @scope/hue, looked for from ${folder}, does not exist or cannot be read.\nInstall it: npm install @scope/hue`,
    );
    expect(() => locatePackage('hidden', { from: folder })).toThrow(InvalidManifestError);
  });

  it.each([
    '',
    'packages/shape',
    '@scope',
    '@scope/shape/index.js',
    'a b',
    'shape@../..',
    '@../shape@1',
    '-g',
    '~root',
    'Shape',
    'shape.tgz',
    'node_modules',
    'a\n',
  ])('refuses %j, which is nothing of the kind', (source) => {
    expect(() => locatePackage(source, { from: 'https://cdn.example/' })).toThrow(InvalidOptionError);
  });

  it.each([
    'data:application/json,{}',
    'blob:https://example.org/1',
    'ftp://example.org/shape',
    'node:fs',
    'https://',
  ])('refuses the address %j', (source) => {
    expect(() => locatePackage(source)).toThrow(InvalidOptionError);
    expect(() => locatePackage('shape', { from: source })).toThrow(InvalidOptionError);
  });
});

describe('locatePackage in a page', () => {
  it('takes paths from the address of the page', () => {
    vi.stubGlobal('location', { href: 'https://example.org/app/index.html' });
    try {
      expect(inBrowser(() => located('./models/shape'))).toBe(
        'https://example.org/app/models/shape/package.json',
      );
      expect(inBrowser(() => located('/models/shape'))).toBe('https://example.org/models/shape/package.json');
    } finally {
      vi.unstubAllGlobals();
    }
  });

  it('says that a name alone has to be imported, or needs a place', () => {
    const attempt = () => inBrowser(() => locatePackage('@scope/shape'));
    expect(attempt).toThrow(InvalidOptionError);
    expect(attempt).toThrow(
      'source must be a package: imported, a folder, a URL, or its name, but is "@scope/shape".\n' +
        "Import it: import factor from '@scope/shape'. Or say where it lies: { from: 'https://cdn.jsdelivr.net/npm/' }.",
    );
    expect(inBrowser(() => located('@scope/shape', { from: 'https://cdn.example/' }))).toBe(
      'https://cdn.example/@scope/shape/package.json',
    );
  });
});
