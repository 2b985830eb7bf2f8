import { resolve } from 'node:path';
import { locatePackage } from '@factornet/assembler/node';
import { InvalidOptionError } from '@factornet/spec';
import fc from 'fast-check';
import npa from 'npm-package-arg';
import { describe, expect, it } from 'vitest';
import { packageForms, parseSpecifier, type Specifier } from './parse-specifier';

const folder = (path: string) => ({ form: 'folder', path });
const tarball = (path: string) => ({ form: 'tarball', path });
const release = (name: string, wanted: string, by: string) => ({ form: 'release', name, wanted, by });

/** Texts of the pieces that names, paths and addresses consist of. */
function texts() {
  const start = fc.constantFrom('', '', './', '../', '~/', '/', 'file:', 'file://', 'https://example.org/');
  const part = fc.constantFrom(
    ...['@me/', 'shape', 'Shape', 'a.b', '@', '^1.2.3', '1.0.0', '>=1 <2', 'next', '*', '/'],
    ...['.tgz', '.tar.gz', '.tar', ' ', 'a b', '-'],
  );
  return fc
    .tuple(start, fc.array(part, { maxLength: 4 }))
    .map(([first, parts]) => [first, ...parts].join(''));
}

describe('parseSpecifier', () => {
  it.each<[string, object]>([
    ['shape', { form: 'name', name: 'shape' }],
    ['@me/shape', { form: 'name', name: '@me/shape' }],
    ['@me/shape@', { form: 'name', name: '@me/shape' }],
    ['@me/shape@*', { form: 'name', name: '@me/shape' }],
    ['@me/shape@1.2.3', release('@me/shape', '1.2.3', 'version')],
    ['@me/shape@v1.2.3-rc.1', release('@me/shape', 'v1.2.3-rc.1', 'version')],
    ['@me/shape@^1.2', release('@me/shape', '^1.2', 'range')],
    ['@me/shape@>=1 <3 || 5.x', release('@me/shape', '>=1 <3 || 5.x', 'range')],
    ['shape@next', release('shape', 'next', 'tag')],
    ['./packages/shape', folder('./packages/shape')],
    ['..', folder('..')],
    ['/elsewhere/shape', folder('/elsewhere/shape')],
    ['C:\\packages\\shape', folder('C:\\packages\\shape')],
    ['file:../shape', folder('../shape')],
    ['file:///elsewhere/a%20shape', folder('/elsewhere/a shape')],
    ['packages/me/shape', folder('packages/me/shape')],
    ['packages/shape@1', folder('packages/shape@1')],
    ['me-shape-1.0.0.tgz', tarball('me-shape-1.0.0.tgz')],
    ['packages/tarballs/me-shape-1.0.0.tgz', tarball('packages/tarballs/me-shape-1.0.0.tgz')],
    ['file:shape.tar.gz', tarball('shape.tar.gz')],
    ['https://example.org/shape', { form: 'remote-folder', url: 'https://example.org/shape' }],
    ['http://example.org/shape.tgz?v=1', { form: 'remote-tarball', url: 'http://example.org/shape.tgz?v=1' }],
  ])('reads %s', (text, expected) => {
    expect(parseSpecifier(text)).toMatchObject({ text, ...expected });
  });

  it.each([
    ['me/shape', /no such folder.*write @me\/shape/],
    ['Shape', /no such folder.*write shape/],
    ['two words', /no name of a package/],
  ])('takes %j for a folder, and knows what it could have been', (text, couldBe) => {
    expect(parseSpecifier(text)).toEqual({ ...folder(text), text, couldBe: expect.stringMatching(couldBe) });
  });

  it.each([
    ['', 'Name a package.'],
    ['  ', 'Name a package.'],
    ['-g', 'Name a package.'],
    ['a\0b', 'Name a package.'],
    ['git+https://example.invalid/shape.git', 'Publish it'],
    ['git@example.invalid:me/shape', 'Publish it'],
    ['github:me/shape', 'Publish it'],
    ['ftp://example.org/shape', 'Publish it'],
    ['other@npm:@me/shape', 'Publish it'],
    ['npm:@me/shape', 'Leave out "npm:": @me/shape'],
    ['shape@./packages/shape', 'Leave out the name: ./packages/shape'],
    ['shape@https://example.org/shape.tgz', 'Leave out the name: https:'],
    ['shape@no tag', '"no tag" is no version, range or tag.'],
    ['https://', 'It is no whole address.'],
  ])('refuses %j, and says what to write', (text, hint) => {
    const read = () => parseSpecifier(text, '--previous');
    expect(read).toThrow(InvalidOptionError);
    expect(read).toThrow(`--previous must be a package: ${packageForms}`);
    expect(read).toThrow(hint);
  });

  it('reads a text as npm does, wherever both take it for one of these', () => {
    let both = 0;
    fc.assert(
      fc.property(texts(), (text) => {
        const [ours, theirs] = [attempt(() => parseSpecifier(text)), attempt(() => npa(text, '/project'))];
        if (ours === undefined || theirs === undefined || differsOnPurpose(ours, theirs)) return;
        both += 1;
        expect(asNpm(ours), text).toEqual(ofNpm(theirs));
      }),
      { numRuns: 500 },
    );
    expect(both).toBeGreaterThan(100);
  });

  it('reads a text as assemble does, which takes no tarballs', () => {
    let both = 0;
    const from = 'https://cdn.example/';
    fc.assert(
      fc.property(texts(), (text) => {
        const [ours, page] = [
          attempt(() => parseSpecifier(text)),
          attempt(() => locatePackage(text, { from })),
        ];
        if (ours === undefined || page === undefined || ours.form.endsWith('tarball')) return;
        both += 1;
        const { name, range } = page;
        if ('name' in ours) {
          expect(['wanted' in ours ? ours.wanted : '*', ours.name], text).toEqual([
            range?.trim() || '*',
            name,
          ]);
        } else {
          expect(name, text).toBeUndefined();
          const url = 'url' in ours ? new URL(`${ours.url.replace(/\/$/, '')}/`) : page.location;
          expect(new URL('package.json', url).href).toBe(page.location.href);
        }
      }),
      { numRuns: 500 },
    );
    expect(both).toBeGreaterThan(50);
  });
});

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/**
 * npm takes `me/shape` for a repository, names that no new package may have for names, and `name@file.tgz` for a file; it
 * reads `~/../x` and `~//x` as nobody else does.
 */
function differsOnPurpose(ours: Specifier, { type, name }: npa.Result): boolean {
  if (/^~\/[./]/.test(ours.text) || type === 'git') return true;
  return (
    ('couldBe' in ours || 'path' in ours) &&
    (typeof name === 'string' || /^(?:tag|range|version)$/.test(type))
  );
}

function asNpm(ours: Specifier) {
  switch (ours.form) {
    case 'name':
      return { type: 'range', name: ours.name, wanted: '*' };
    case 'release':
      return { type: ours.by, name: ours.name, wanted: ours.wanted };
    case 'folder':
    case 'tarball':
      return { type: ours.form === 'folder' ? 'directory' : 'file', path: absolute(ours.path) };
    default:
      return { type: 'remote', url: ours.url };
  }
}

function ofNpm({ type, name, fetchSpec }: npa.Result) {
  if (type === 'directory' || type === 'file') return { type, path: absolute(String(fetchSpec)) };
  if (type === 'remote') return { type, url: new URL(String(fetchSpec)).href };
  return { type, name, wanted: String(fetchSpec) || '*' };
}

const absolute = (path: string) => resolve('/project', path.replace(/^~\//, `${process.env.HOME}/`));
