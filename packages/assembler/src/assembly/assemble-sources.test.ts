import { cp, mkdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { useBackend } from '@factornet/core';
import { expectCloseArrays, expectNoLeak } from '@factornet/core/testing';
import {
  IntegrityError,
  InvalidManifestError,
  InvalidOptionError,
  MissingFileError,
  RefusedPackageError,
} from '@factornet/spec';
import { memory, type Tensor4D } from '@tensorflow/tfjs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readPackage } from '../packages/read-package';
import { type PackedNetworks, packNetworks, randomPictures } from '../testing/packed-networks';
import { type StaticServer, serveFolder } from '../testing/static-server';
import { assemble } from './assemble';
import type { Assembly, Predictions } from './assembly';

let networks: PackedNetworks;
let server: StaticServer;
let images: Tensor4D;
let expected: Predictions<Record<string, readonly string[]>>;

beforeAll(async () => {
  await useBackend('cpu');
  networks = await packNetworks((name) => `node_modules/@scope/${name}`);
  const cdn = join(networks.folder, 'cdn');
  for (const name of ['ckn', 'shape', 'hue']) {
    await cp(join(networks.folder, 'node_modules', '@scope', name), join(cdn, '@scope', `${name}@1.0.0`), {
      recursive: true,
    });
  }
  server = await serveFolder(cdn, {
    '@scope/ckn@^1.0.0': '@scope/ckn@1.0.0',
    '@scope/shape@latest': '@scope/shape@1.0.0',
  });
  images = randomPictures(2);
  const assembly: Assembly = await assemble(networks.common, [networks.shape, networks.hue]);
  expected = await assembly.predict(images);
  assembly.dispose();
});
afterAll(async () => {
  images.dispose();
  await server.close();
  await networks.remove();
});
beforeEach(() => {
  server.requests.length = 0;
});

async function expectSame(assembly: Assembly): Promise<void> {
  const received = await assembly.predict(images);
  expect(Object.keys(received)).toEqual(Object.keys(expected));
  for (const [task, { logits, labels }] of Object.entries(expected)) {
    expectCloseArrays(received[task]?.logits ?? [], logits, { absolute: 1e-5, relative: 0 });
    expect(received[task]?.labels).toEqual(labels);
  }
  expect(assembly.commonEvaluations).toBe(1);
  assembly.dispose();
}

describe('assemble', () => {
  it('takes installed names, seen from a folder', async () => {
    const from = networks.folder;
    await expectSame(await assemble('@scope/ckn', ['@scope/shape', '@scope/hue@^1.0.0'], { from }));
  });

  it('takes folders and file URLs, mixed with whatever else', async () => {
    await expectSame(await assemble(networks.ckn, [pathToFileURL(networks.shapeFolder), networks.hue]));
    const packages = await assemble(pathToFileURL(networks.ckn).href, [
      (await readPackage(networks.shapeFolder)) as never,
      networks.hueFolder,
    ]);
    await expectSame(packages);
  });

  it('takes URLs of package folders', async () => {
    const at = (name: string) => `${server.origin}@scope/${name}@1.0.0`;
    await expectSame(await assemble(new URL(at('ckn')), [at('shape'), `${at('hue')}/`]));
  });

  it('takes names and ranges of a CDN, and finds files where it was redirected to', async () => {
    const from = server.origin;
    await expectSame(
      await assemble('@scope/ckn@^1.0.0', ['@scope/shape@latest', '@scope/hue@1.0.0'], { from }),
    );
    const ofCkn = server.requests.filter((path) => path.includes('/ckn@'));
    // Each file once, whatever the number of factors; weights from where package.json lay.
    expect(ofCkn.sort()).toEqual([
      '/@scope/ckn@1.0.0/common.model.json',
      '/@scope/ckn@1.0.0/common.weights.bin',
      '/@scope/ckn@1.0.0/package.json',
      '/@scope/ckn@^1.0.0/package.json',
    ]);
    expect(new Set(server.requests).size).toBe(server.requests.length);
    expect(server.requests.some((path) => path.endsWith('.js') || path.endsWith('probes.bin'))).toBe(false);
  });

  it('adds from the same places', async () => {
    const assembly: Assembly = await assemble('@scope/ckn@1.0.0', ['@scope/shape@1.0.0'], {
      from: server.origin,
    });
    await assembly.add('@scope/hue@1.0.0');
    await expectSame(assembly);
  });

  it('releases what it read', async () => {
    await expectNoLeak(async () => {
      const assembly: Assembly = await assemble('@scope/ckn@1.0.0', [], { from: server.origin });
      await assembly.add('@scope/hue@1.0.0');
      await assembly.predict(images);
      assembly.dispose();
    });
  });
});

describe('assemble refuses', () => {
  /** The error, with nothing left behind in memory. */
  async function failure(attempt: () => Promise<unknown>): Promise<Error> {
    const before = memory().numTensors;
    const error = await attempt().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(Error);
    expect(memory().numTensors).toBe(before);
    return error as Error;
  }
  const from = () => ({ from: server.origin });

  it('an address where there is nothing, with what to do', async () => {
    const error = await failure(() => assemble('@scope/ckn@1.0.0', ['@scope/size@1.0.0'], from()));
    expect(MissingFileError.isInstance(error)).toBe(true);
    expect(error.message).toBe(
      `${server.origin}@scope/size@1.0.0/package.json does not exist or cannot be read.\n` +
        'The server answered 404 Not Found. Check the address: package.json of a package has to lie there.',
    );
  });

  it('a server that is not there', async () => {
    const error = await failure(() => assemble('http://127.0.0.1:1/ckn', []));
    expect(error.message).toContain('The server cannot be reached.');
  });

  it('another package than the one that was asked for, and another version', async () => {
    const root = join(networks.folder, 'cdn', '@scope');
    await cp(join(root, 'shape@1.0.0'), join(root, 'size@1.0.0'), { recursive: true });
    await cp(join(root, 'shape@1.0.0'), join(root, 'shape@2.0.0'), { recursive: true });
    try {
      const named = await failure(() => assemble('@scope/ckn@1.0.0', ['@scope/size@1.0.0'], from()));
      expect(InvalidManifestError.isInstance(named)).toBe(true);
      expect(named.message).toContain('name: expected @scope/size, found @scope/shape');
      const dated = await failure(() => assemble('@scope/ckn@1.0.0', ['@scope/shape@2.0.0'], from()));
      expect(dated.message).toContain('version: expected 2.0.0, found 1.0.0');
    } finally {
      await rm(join(root, 'size@1.0.0'), { recursive: true });
      await rm(join(root, 'shape@2.0.0'), { recursive: true });
    }
    const installed = await failure(() => assemble('@scope/ckn@^2.0.0', [], { from: networks.folder }));
    expect(installed.message).toContain('version: expected ^2.0.0, found 1.0.0');
  });

  it('a factor for a common-knowledge network, and the other way round', async () => {
    for (const attempt of [
      () => assemble('@scope/shape@1.0.0', [], from()),
      () => assemble('@scope/ckn@1.0.0', ['@scope/ckn@1.0.0'], from()),
    ]) {
      const error = await failure(attempt);
      expect(InvalidManifestError.isInstance(error)).toBe(true);
      expect(error.message).toMatch(/kind: expected "(common|factor)", found "(factor|common)"/);
    }
  });

  it('no common-knowledge network, and what is no source', async () => {
    expect(InvalidOptionError.isInstance(await failure(() => assemble([], [])))).toBe(true);
    expect(InvalidOptionError.isInstance(await failure(() => assemble('no package', [])))).toBe(true);
  });

  it('a file that changed, was cut or is missing on the server', async () => {
    const path = join(networks.folder, 'cdn', '@scope', 'shape@1.0.0', 'specific.weights.bin');
    const original = await readFile(path);
    const attempt = () => assemble('@scope/ckn@1.0.0', ['@scope/shape@1.0.0'], from());
    try {
      await writeFile(path, new Uint8Array(original.length));
      expect(IntegrityError.isInstance(await failure(attempt))).toBe(true);
      await truncate(path, 10);
      expect((await failure(attempt)).message).toContain('found 10 bytes');
      await writeFile(path, new Uint8Array(original.length + 100_000));
      expect((await failure(attempt)).message).toContain(`found more than ${original.length} bytes`);
      await rm(path);
      const missing = await failure(attempt);
      expect(MissingFileError.isInstance(missing)).toBe(true);
      expect(missing.message).toContain('The server answered 404');
    } finally {
      await writeFile(path, original);
    }
  });

  it('a package.json without end, one that is a page, and one that is nested too deeply', async () => {
    const folder = join(networks.folder, 'cdn', 'odd');
    await mkdir(folder);
    const attempt = async (text: string) => {
      await writeFile(join(folder, 'package.json'), text);
      return failure(() => assemble(`${server.origin}odd`, []));
    };
    const long = await attempt(`"${'a'.repeat(2_000_000)}"`);
    expect(RefusedPackageError.isInstance(long)).toBe(true);
    expect(long).toMatchObject({ rule: 'size' });
    expect(await attempt('['.repeat(100_000))).toMatchObject({ rule: 'json-depth' });
    expect((await attempt('<!doctype html>')).message).toContain('not JSON');
    expect((await attempt('{"name":"left-pad","version":"1.0.0"}')).message).toContain(
      'It is an ordinary npm package',
    );
  });
});
