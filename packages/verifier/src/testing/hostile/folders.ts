import { execFileSync } from 'node:child_process';
import { mkdir, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { Damage } from '../damage';
import { as, by, hostile } from './hostile-package';

/** Puts something else in the place of a file, or beside the others. */
const put =
  (name: string, place: (path: string) => unknown): Damage =>
  async (folder) => {
    await rm(join(folder, name), { force: true });
    await place(join(folder, name));
  };

const remove = (name: string) => put(name, () => {});
const link = (target: string) => (path: string) => symlink(target, path);
const text = (path: string) => writeFile(path, 'x');
const pipe = (path: string) => execFileSync('mkfifo', [path]);
const sparse = (path: string) => writeFile(path, '').then(() => truncate(path, 1e12));

/** A socket stays where it is when the server that made it is gone. */
const socket = (path: string) =>
  new Promise<void>((resolve, reject) => {
    const server = createServer().on('error', reject);
    // Paths of sockets are short.
    const before = process.cwd();
    process.chdir(join(path, '..'));
    server.listen('common.weights.bin', () => {
      process.chdir(before);
      server.unref();
      resolve();
    });
  });

const tooLarge = as('package-too-large', /has 1000\d+ bytes, more than the 50000000/);

export const folders = [
  ...hostile('ckn', 'folder', [
    [
      'weights that are a link',
      put('common.weights.bin', link('../shape/head.weights.bin')),
      by('symbolic-link', /weights\.bin .*symbolic link/),
    ],
    [
      'a topology that is a link to anywhere',
      put('common.model.json', link('/etc/passwd')),
      by('symbolic-link', /model\.json .*symbolic link/),
    ],
    [
      'weights that are a link to nowhere',
      put('common.weights.bin', link('nowhere')),
      by('symbolic-link', /weights\.bin .*symbolic link/),
    ],
    [
      'a package.json that is a link',
      put('package.json', link('../shape/package.json')),
      by('symbolic-link', /package\.json .*symbolic link/),
    ],
    [
      'a README.md that is a link',
      put('README.md', link('/etc/passwd')),
      by('symbolic-link', /README\.md/),
      'taken',
    ],
    ['a link to a folder', put('extra.bin', link('/')), by('symbolic-link', /extra\.bin/), 'taken'],
    [
      'weights that are a pipe',
      put('common.weights.bin', pipe),
      by('unexpected-file', /weights\.bin .*no regular file/),
    ],
    [
      'a package.json that is a pipe',
      put('package.json', pipe),
      by('unexpected-file', /package\.json .*no regular file/),
    ],
    [
      'weights that are a socket',
      put('common.weights.bin', socket),
      by('unexpected-file', /weights\.bin .*no regular file/),
    ],
    [
      'probes that are a folder',
      put('probes.bin', mkdir),
      by('unexpected-file', /probes\.bin .*no regular file/),
      'taken',
    ],
    [
      'a folder of packages',
      put('node_modules', mkdir),
      by('unexpected-file', /node_modules .*no regular file/),
      'taken',
    ],
    [
      'a build that npm runs by itself',
      put('binding.gyp', text),
      by('unexpected-file', /binding\.gyp .*no package of knowledge/),
      'taken',
    ],
    ['settings of npm', put('.npmrc', text), by('unexpected-file', /\.npmrc/), 'taken'],
    ['another module', put('install.js', text), by('unexpected-file', /install\.js/), 'taken'],
    ['a native module', put('addon.node', text), by('unexpected-file', /addon\.node/), 'taken'],
    [
      'a name of control characters',
      put('a\u001b[2J.bin', text),
      by('unexpected-file', /no package of knowledge/),
      'taken',
    ],
    [
      'more files than packages have',
      async (folder) => {
        for (let index = 0; index < 70; index++) await text(join(folder, `part-${index}.bin`));
      },
      by('size', /more than 64 files/),
      'taken',
    ],
    [
      'weights of 10¹² bytes that take no space',
      put('common.weights.bin', sparse),
      tooLarge,
      as('integrity', /expected 17296 bytes, found more/),
    ],
    [
      'a topology of 10¹² bytes',
      put('common.model.json', sparse),
      tooLarge,
      as('integrity', /found more than/),
    ],
    ['a README.md of 10¹² bytes', put('README.md', sparse), tooLarge, 'taken'],
    [
      'a package.json of 10¹² bytes',
      put('package.json', sparse),
      tooLarge,
      by('size', /package\.json .*more than the 1000000 bytes/),
    ],
    ['an index.js of 10¹² bytes', put('index.js', sparse), tooLarge, 'taken'],
  ]),
  ...hostile('ckn', 'package-json', [
    ['no package.json', remove('package.json'), as('missing-file', /package\.json does not exist/)],
    [
      'an empty package.json',
      put('package.json', (path) => writeFile(path, '')),
      as('invalid-manifest', /not JSON/),
    ],
  ]),
  ...hostile('ckn', 'files', [
    ['no weights', remove('common.weights.bin'), as('missing-file', /weights\.bin does not exist/)],
    ['no probes', remove('probes.bin'), as('missing-file', /probes\.bin does not exist/), 'taken'],
    [
      'weights that nothing names',
      put('more.weights.bin', text),
      by('unexpected-file', /more\.weights\.bin .*manifest does not name it/),
      'taken',
    ],
    [
      'versions of dependencies',
      put('npm-shrinkwrap.json', text),
      by('unexpected-file', /npm-shrinkwrap\.json .*manifest does not name it/),
      'taken',
    ],
    [
      'a lockfile',
      put('package-lock.json', text),
      by('unexpected-file', /package-lock\.json .*manifest does not name it/),
      'taken',
    ],
  ]),
  ...hostile('shape', 'generated-module', [
    ['no index.js', remove('index.js'), as('missing-file', /index\.js does not exist/), 'taken'],
    ['no index.d.ts', remove('index.d.ts'), as('missing-file', /index\.d\.ts does not exist/), 'taken'],
  ]),
];
