import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { RefusedPackageError } from '@factornet/spec';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TarBlocks, tarBlocks } from '../testing/tar-blocks';
import { readPackageTarball } from './read-package-tarball';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'factornet-archive-'));
});
afterAll(() => rm(folder, { recursive: true }));

const good: TarBlocks = { path: 'package/package.json', content: '{"good":true}' };
const evil = '{"scripts":{"install":"touch ran"}}';
const end = Buffer.alloc(1024);

async function read(entries: readonly TarBlocks[], tail: Buffer = end) {
  const path = join(folder, 'some.tgz');
  await writeFile(path, gzipSync(Buffer.concat([...entries.map(tarBlocks), tail])));
  return readPackageTarball(path);
}
const failure = (attempt: Promise<unknown>) => attempt.catch((error: unknown) => error);

describe('readPackageTarball', () => {
  it('reads what tar packs, folders included', async () => {
    const source = join(folder, 'package');
    await mkdir(join(source, 'sub'), { recursive: true });
    await writeFile(join(source, 'package.json'), '{"name":"x","version":"1.0.0"}');
    await writeFile(join(source, 'a.bin'), new Uint8Array(70_001).fill(7));
    await writeFile(join(source, 'sub', 'empty.json'), '');
    execFileSync('tar', ['czf', join(folder, 'tar.tgz'), '-C', folder, 'package']);
    const { files, unpackedBytes } = await readPackageTarball(join(folder, 'tar.tgz'));
    expect([...files.keys()].sort()).toEqual(['a.bin', 'package.json', 'sub/empty.json']);
    expect(files.get('a.bin')).toEqual(new Uint8Array(70_001).fill(7));
    expect(unpackedBytes).toBe(70_001 + 30);
    const wants = (name: string) => name === 'package.json';
    expect((await readPackageTarball(join(folder, 'tar.tgz'), { wants })).files.size).toBe(1);
    const small = readPackageTarball(join(folder, 'tar.tgz'), { most: 70_000 });
    expect(await failure(small)).toMatchObject({ rule: 'size' });
  });

  it.each([
    'package/./package.json',
    './package/package.json',
    'package//package.json',
    'package/../package/package.json',
    '../package.json',
    '/package/package.json',
    'C:/package.json',
    'package\\package.json',
    'package/package.json.',
    'package/package.json ',
    'package./x.json',
    'package/pac\nkage.json',
    'package/päckage.json',
    'package/PACKAGE.json',
    'package/package.json',
    'other/package.json',
    'package.json',
    'package/package.json/x.json',
    '',
  ])('refuses the second path %j', async (path) => {
    const error = await failure(read([good, { path, content: evil }]));
    expect(RefusedPackageError.isInstance(error)).toBe(true);
    expect(error).toMatchObject({ rule: 'file-name' });
  });

  it.each([...'12346gxKLNSVXIDMA7'])('refuses the entry type %s', async (kind) => {
    const link = kind === '1' || kind === '2' ? 'package/package.json' : '';
    const error = await failure(read([good, { path: 'package/x', kind, link }]));
    expect(error).toMatchObject({ rule: link === '' ? 'unexpected-file' : 'symbolic-link' });
  });

  it.each<[string, TarBlocks, object]>([
    ['first part of a long name', { path: 'package.json', prefix: 'package' }, { rule: 'file-name' }],
    ['target of a link that is none', { path: 'package/x', link: '/etc/passwd' }, { rule: 'file-name' }],
    ['name behind the name', { path: 'package/x\0/y' }, { rule: 'file-name' }],
    ['folder that is a file', { path: 'package/x/' }, { rule: 'file-name' }],
    ['file that is a folder', { path: 'package/x', kind: '5' }, { rule: 'file-name' }],
    ['folder with a content', { path: 'package/x/', kind: '5', content: evil }, { rule: 'unexpected-file' }],
    ['size that is no octal number', { path: 'package/x', size: '\x80\0\0\0\0\0\0\0\0\0\x02\0' }, {}],
    ['size that is negative', { path: 'package/x', size: '-0000000010\0' }, {}],
    ['size of 8 GB', { path: 'package/x', size: '77777777777\0' }, { rule: 'size' }],
  ])('refuses a %s', async (_, entry, expected) => {
    const error = await failure(read([good, entry]));
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject(expected);
  });

  it('refuses what lies behind the end or behind an empty block, and what is cut off', async () => {
    const second = tarBlocks({ path: 'package/x', content: evil });
    for (const tail of [Buffer.concat([end, second, end]), Buffer.concat([Buffer.alloc(512), second, end])]) {
      expect(await failure(read([good], tail))).toMatchObject({ rule: 'unexpected-file' });
    }
    for (const length of [0, 511, 512, 1000]) {
      expect(await failure(read([good], Buffer.alloc(length)))).toMatchObject({
        message: expect.stringContaining('end is missing'),
      });
    }
    const wrong = tarBlocks({ path: 'package/x' });
    wrong[0] = 0x71;
    expect(await failure(read([good], Buffer.concat([wrong, end])))).toMatchObject({
      message: expect.stringContaining('checksum'),
    });
  });

  it('refuses thousands of entries', async () => {
    const many = Array.from({ length: 200 }, (_, index) => ({ path: `package/${index}` }));
    expect(await failure(read(many))).toMatchObject({ rule: 'size' });
  });
});
