import { cp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { useBackend } from '@factornet/core';
import { expectCloseArrays } from '@factornet/core/testing';
import { CancelledError } from '@factornet/spec';
import { memory, type Tensor4D } from '@tensorflow/tfjs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { readSource } from '../packages/read-source';
import { goldenProbes } from '../probes/golden-probes';
import { type PackedNetworks, packNetworks, randomPictures } from '../testing/packed-networks';
import { type Answer, type StaticServer, serveFolder } from '../testing/static-server';
import { assemble } from './assemble';
import type { Assembly } from './assembly';

let networks: PackedNetworks;
let server: StaticServer;
let images: Tensor4D;
let answer: Answer;

const nothing: Answer = () => false;

beforeAll(async () => {
  await useBackend('cpu');
  networks = await packNetworks((name) => `cdn/@scope/${name}@1.0.0`);
  server = await serveFolder(join(networks.folder, 'cdn'), {}, (...asked) => answer(...asked));
  images = randomPictures(2);
});
afterAll(async () => {
  images.dispose();
  await server.close();
  await networks.remove();
});
afterEach(() => {
  answer = nothing;
  server.requests.length = 0;
});

const exact = { ckn: '@scope/ckn@1.0.0', shape: '@scope/shape@1.0.0' };
const from = () => ({ from: server.origin });

describe('a range on a server that resolves it without a redirect', () => {
  it.each(['^1.0.0', 'latest'])('%s: all files are of the version that package.json named', async (range) => {
    const cdn = join(networks.folder, 'cdn', '@scope');
    // What the range means: another release comes as soon as somebody has read package.json.
    for (const name of ['ckn', 'shape']) {
      await cp(join(cdn, `${name}@1.0.0`), join(cdn, `${name}@${range}`), { recursive: true });
    }
    answer = async (path, response) => {
      const asked = /^\/@scope\/(\w+)@(?:\^1\.0\.0|latest)\/package\.json$/.exec(path);
      if (asked === null) return false;
      response.end(await readFile(join(networks.folder, 'cdn', path)));
      const later = join(cdn, `${asked[1]}@${range}`);
      await rm(later, { recursive: true });
      await cp(join(cdn, 'hue@1.0.0'), later, { recursive: true });
      return true;
    };
    const assembly: Assembly = await assemble(`@scope/ckn@${range}`, [`@scope/shape@${range}`], from());
    const { shape } = await assembly.predict(images);
    assembly.dispose();
    const here: Assembly = await assemble(networks.common, [networks.shape]);
    expectCloseArrays(shape?.logits ?? [], (await here.predict(images)).shape?.logits ?? []);
    here.dispose();
    const ranged = server.requests.filter((path) => path.includes(range)).sort();
    expect(ranged).toEqual([`/@scope/ckn@${range}/package.json`, `/@scope/shape@${range}/package.json`]);
    expect(server.requests.filter((path) => path.includes('@1.0.0/'))).toHaveLength(6);
  });

  it('an address that was given whole stays as it is', async () => {
    const assembly: Assembly = await assemble(`${server.origin}${exact.ckn}`, []);
    assembly.dispose();
    expect(server.requests.every((path) => path.startsWith(`/${exact.ckn}/`))).toBe(true);
  });
});

describe('onProgress', () => {
  it('is told bytes as they come, up to all of them', async () => {
    const told: number[][] = [];
    const half = { told: false, sent: 0, go: () => {} };
    answer = async (path, response) => {
      if (!path.endsWith('common.weights.bin')) return false;
      const bytes = await readFile(join(networks.folder, 'cdn', path));
      half.sent = bytes.length >> 1;
      // The second half comes once the first was told of.
      half.go = () => response.end(bytes.subarray(half.sent));
      response.write(bytes.subarray(0, half.sent));
      return true;
    };
    const onProgress = (loaded: number, total: number) => {
      told.push([loaded, total]);
      if (half.told || half.sent === 0 || loaded < half.sent) return;
      half.told = true;
      half.go();
    };
    const assembly: Assembly = await assemble(exact.ckn, [exact.shape], { ...from(), onProgress });
    const { bytes } = assembly.plan;
    assembly.dispose();
    expect(told[0]).toEqual([0, bytes]);
    expect(told.at(-1)).toEqual([bytes, bytes]);
    expect(told.every(([, total]) => total === bytes)).toBe(true);
    expect(told).toEqual(told.toSorted(([one = 0], [other = 0]) => one - other));
  });

  it('is told of networks in folders and in memory, too', async () => {
    const told: number[] = [];
    const onProgress = (loaded: number) => told.push(loaded);
    const packed: Assembly = await assemble(networks.ckn, [networks.shapeFolder], { onProgress });
    expect(told).toHaveLength(7);
    expect(told.at(-1)).toBe(packed.plan.bytes);
    packed.dispose();
    told.length = 0;
    await assemble(networks.common, [networks.shape], { onProgress });
    expect(told).toEqual([0]);
  });
});

describe('signal', () => {
  /** What became of it, with nothing left behind in memory. */
  async function cancelled(attempt: () => Promise<unknown>): Promise<void> {
    const before = memory().numTensors;
    await expect(attempt()).rejects.toSatisfy(CancelledError.isInstance);
    expect(memory().numTensors).toBe(before);
  }

  it.each(['package.json', 'specific.model.json', 'specific.weights.bin', 'probes.bin'])(
    'ends waiting for %s, of which half has come',
    async (file) => {
      const controller = new AbortController();
      answer = async (path, response) => {
        if (!path.endsWith(`shape@1.0.0/${file}`)) return false;
        const bytes = await readFile(join(networks.folder, 'cdn', path));
        response.writeHead(200, { 'content-length': bytes.length });
        response.write(bytes.subarray(0, bytes.length >> 1));
        setTimeout(() => controller.abort(), 5);
        return true;
      };
      const { signal } = controller;
      await cancelled(() => assemble(exact.ckn, [exact.shape], { ...from(), signal, verify: goldenProbes }));
    },
  );

  it('ends waiting for a server that does not answer', async () => {
    const controller = new AbortController();
    answer = () => {
      controller.abort();
      return true;
    };
    await cancelled(() => readSource(exact.shape, { ...from(), signal: controller.signal }));
  });

  it('is looked at before and between local files, and for networks in memory', async () => {
    const controller = new AbortController();
    const onProgress = (loaded: number) => loaded > 0 && controller.abort();
    const { signal } = controller;
    await cancelled(() => assemble(networks.ckn, [networks.shapeFolder], { signal, onProgress }));
    await cancelled(() => assemble(networks.common, [networks.shape], { signal }));
  });

  it('ends adding', async () => {
    const controller = new AbortController();
    const assembly: Assembly = await assemble(exact.ckn, [], { ...from(), signal: controller.signal });
    controller.abort(new Error('enough'));
    await cancelled(() => assembly.add(exact.shape));
    await expect(assembly.add(exact.shape)).rejects.toMatchObject({ cause: new Error('enough') });
    assembly.dispose();
  });
});
