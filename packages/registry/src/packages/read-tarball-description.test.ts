import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { InvalidManifestError, MissingFileError, RefusedPackageError } from '@factornet/spec';
import spawn from 'nano-spawn';
import { Header } from 'tar';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { descriptionOf, sampleFactor } from '../testing/sample-packages';
import { readTarballDescription } from './read-tarball-description';

let folder: string;
let tarball: string;
const description = descriptionOf(sampleFactor('shape'));

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'factornet-tarball-'));
  const source = join(folder, 'source');
  await mkdir(source);
  await writeFile(join(source, 'package.json'), JSON.stringify(description));
  await writeFile(join(source, 'a.bin'), new Uint8Array(123_457).fill(7));
  await mkdir(join(source, 'sub'));
  await writeFile(join(source, 'sub', 'package.json'), '{}');
  await spawn('npm', ['pack', source, '--pack-destination', folder]);
  tarball = join(folder, 'me-shape-1.0.0.tgz');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A tarball of one file whose header states `size`. */
async function madeByHand(name: string, path: string, content: string, size = content.length) {
  const header = Buffer.alloc(512);
  new Header({ path, size, type: 'File', mode: 0o644 }).encode(header);
  const body = Buffer.alloc(Math.ceil(content.length / 512) * 512);
  body.write(content);
  await writeFile(join(folder, name), gzipSync(Buffer.concat([header, body, Buffer.alloc(1024)])));
  return join(folder, name);
}

const failure = (path: string) => readTarballDescription(path).catch((error: unknown) => error);

describe('readTarballDescription', () => {
  it('reads what npm packed', async () => {
    const unpackedBytes = JSON.stringify(description).length + 123_457 + 2;
    const tarballBytes = (await stat(tarball)).size;
    expect(await readTarballDescription(tarball)).toEqual({ description, tarballBytes, unpackedBytes });
  });

  it('refuses what is cut off, no tarball or not there', async () => {
    const bytes = await readFile(tarball);
    await writeFile(join(folder, 'half.tgz'), bytes.subarray(0, bytes.length / 2));
    await writeFile(join(folder, 'noise.tgz'), gzipSync(Buffer.alloc(2000, 'x')));
    await writeFile(join(folder, 'text.tgz'), 'hello');
    for (const name of ['half.tgz', 'noise.tgz', 'text.tgz']) {
      expect(await failure(join(folder, name)), name).toBeInstanceOf(InvalidManifestError);
    }
    expect(await failure(join(folder, 'none.tgz'))).toBeInstanceOf(MissingFileError);
    expect(await failure(folder)).toBeInstanceOf(MissingFileError);
  });

  it('refuses one without, with a broken and with a huge package.json', async () => {
    const other = await madeByHand('other.tgz', 'package/readme.md', 'x');
    expect(await failure(other)).toMatchObject({
      code: 'invalid-manifest',
      issues: ['it has no package.json'],
    });
    const broken = await madeByHand('broken.tgz', 'package/package.json', '{ "name": ');
    expect(await failure(broken)).toMatchObject({ issues: ['package.json is not JSON'] });
    const huge = await madeByHand('huge.tgz', 'package/package.json', '{}', 7e9);
    expect(await failure(huge)).toBeInstanceOf(RefusedPackageError);
    expect(await failure(huge)).toMatchObject({ rule: 'size' });
  });
});
