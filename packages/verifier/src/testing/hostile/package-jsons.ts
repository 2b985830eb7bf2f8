import { inPackage, type Json, setFields } from '../damage';
import { as, by, hostile } from './hostile-package';
import { inText } from './in-text';

const entry = (fields: Json) => inPackage((json) => Object.assign(json.exports, fields));

const field = (name: string) => new RegExp(`package\\.json .*the field "${name}"`);

/** What npm and bundlers read, and what no JSON is. */
export const packageJsons = [
  ...hostile('shape', 'package-json', [
    [
      'half a package.json',
      inText('package.json', (text) => text.slice(0, text.length / 2)),
      as('invalid-manifest', /not JSON/),
    ],
    [
      'a package.json of another program',
      inText('package.json', () => 'MZ\u0090\u0000'),
      as('invalid-manifest', /not JSON/),
    ],
    [
      'a package.json that is a list',
      inText('package.json', () => '[]'),
      as('invalid-manifest', /expected a manifest, found none/),
    ],
    [
      'a byte order mark',
      inText('package.json', (text) => `\ufeff${text}`),
      by('json', /UTF-8 without a byte order mark/),
    ],
    [
      'UTF-16',
      inText('package.json', (text) => Buffer.from(`\ufeff${text}`, 'utf16le')),
      by('json', /UTF-8/),
    ],
    [
      'Latin-1',
      inText('package.json', (text) => Buffer.from(text.replace('Factor', 'F\u00e4ctor'), 'latin1')),
      by('json', /UTF-8/),
    ],
    [
      'a key that readers disagree on',
      inText('package.json', (text) => text.replace('{', '{ "name": "@other/name",')),
      by('json', /the key "name" twice/),
    ],
    [
      'a key that is there twice in two spellings',
      inText('package.json', (text) => text.replace('{', '{ "n\\u0061me": "@other/name",')),
      by('json', /the key "name" twice/),
    ],
    [
      'a prototype',
      inText('package.json', (text) => text.replace('{', '{ "__proto__": { "scripts": {} },')),
      by('json', /a key "__proto__"/),
    ],
    [
      'JSON of 100 000 levels',
      inText('package.json', () => '[[[[{"a":'.repeat(1e5)),
      by('json-depth', /deeper than 64 levels/),
    ],
    [
      'JSON of 65 levels',
      inText('package.json', (text) =>
        text.replace('{', `{ "keywords": ${'['.repeat(65)}${']'.repeat(65)},`),
      ),
      by('json-depth', /deeper than 64 levels/),
    ],
    [
      'a package.json of 2 MB',
      inText('package.json', (text) => text + ' '.repeat(2e6)),
      by('size', /more than the 1000000 bytes/),
    ],
    [
      'a script that runs on install',
      setFields({ scripts: { postinstall: 'node -e 1' } }),
      by('scripts', field('scripts')),
      'taken',
    ],
    ['a command', setFields({ bin: './index.js' }), by('scripts', field('bin')), 'taken'],
    [
      'a folder of commands',
      setFields({ directories: { bin: '.' } }),
      by('scripts', field('directories')),
      'taken',
    ],
    ['a native build', setFields({ gypfile: true }), by('scripts', field('gypfile')), 'taken'],
    [
      'dependencies',
      setFields({ dependencies: { evil: '*' } }),
      by('dependencies', field('dependencies')),
      'taken',
    ],
    [
      'optional dependencies',
      setFields({ optionalDependencies: { evil: '*' } }),
      by('dependencies', field('optionalDependencies')),
      'taken',
    ],
    [
      'bundled dependencies',
      setFields({ bundledDependencies: ['evil'] }),
      by('dependencies', field('bundledDependencies')),
      'taken',
    ],
    [
      'bundled dependencies in the other spelling',
      setFields({ bundleDependencies: true }),
      by('dependencies', field('bundleDependencies')),
      'taken',
    ],
    [
      'development dependencies',
      setFields({ devDependencies: { evil: '*' } }),
      by('dependencies', field('devDependencies')),
      'taken',
    ],
    [
      'a peer that need not be there',
      setFields({ peerDependenciesMeta: { '@scope/ckn': { optional: true } } }),
      by('dependencies', field('peerDependenciesMeta')),
      'taken',
    ],
    [
      'a way around the entry',
      setFields({ browser: './evil.js' }),
      by('package-json', field('browser')),
      'taken',
    ],
    [
      'an entry for bundlers',
      setFields({ module: './evil.js' }),
      by('package-json', field('module')),
      'taken',
    ],
    [
      'imports of its own',
      setFields({ imports: { '#x': './evil.js' } }),
      by('package-json', field('imports')),
      'taken',
    ],
    [
      'versions for others',
      setFields({ overrides: { evil: '1' } }),
      by('package-json', field('overrides')),
      'taken',
    ],
    [
      'a field of control characters',
      setFields({ 'a\u001b[2J': 1 }),
      by('package-json', /the field "a\?\[2J"/),
      'taken',
    ],
    [
      'fields that pnpm publishes in place of its own',
      setFields({ publishConfig: { exports: './evil.js' } }),
      by('package-json', /publishConfig has the field "exports"/),
      'taken',
    ],
    ['CommonJS', setFields({ type: 'commonjs' }), by('package-json', /its type is not "module"/), 'taken'],
    [
      'another main',
      setFields({ main: '../evil.js' }),
      by('package-json', /its main is not \.\/index\.js/),
      'taken',
    ],
    ['other types', setFields({ types: './evil.d.ts' }), by('package-json', /its types are not/), 'taken'],
    ['no exports', setFields({ exports: undefined }), by('package-json', /it has no exports/), 'taken'],
    ['another entry', entry({ '.': './evil.js' }), by('package-json', /lead from "\." elsewhere/), 'taken'],
    [
      'another entry for some',
      entry({ '.': { node: './evil.js', default: './index.js' } }),
      by('package-json', /lead from "\." elsewhere/),
      'taken',
    ],
    [
      'a second entry',
      entry({ './evil': './index.js' }),
      by('package-json', /lead from "\.\/evil" elsewhere/),
      'taken',
    ],
    [
      'a hidden package.json',
      inPackage((json) => delete json.exports['./package.json']),
      by('package-json', /does not export \.\/package\.json/),
      'taken',
    ],
    [
      'no name',
      setFields({ name: undefined }),
      by('package-json', /its name is no package name/),
      as('invalid-manifest', /name: expected a package name/),
    ],
    [
      'a name that leads elsewhere',
      setFields({ name: '../../evil' }),
      by('package-json', /its name is no package name/),
      as('invalid-manifest', /name: expected a package name/),
    ],
    [
      'a version that is none',
      setFields({ version: 'latest' }),
      by('package-json', /its version is no semantic version/),
      as('invalid-manifest', /version: expected a semantic version/),
    ],
  ]),
];
