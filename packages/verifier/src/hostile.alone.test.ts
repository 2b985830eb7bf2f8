import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { assemble } from '@factornet/assembler';
import { memory } from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectRefusal } from './testing/expect-refusal';
import { type GoodPackage, type GoodPackages, packGoodPackages, pairOf } from './testing/good-packages';
import { corpus } from './testing/hostile/corpus';
import { verifyPackage } from './verify-package';

const SECOND = 1000;
const MEGABYTES_200 = 200e6;

let good: GoodPackages;
beforeAll(async () => {
  good = await packGoodPackages();
  // What is compiled and allocated once is not a package's fault.
  for (const name of ['ckn', 'shape', 'deep', 'hue'] as const) {
    expect((await verifyPackage(join(good.folder, name))).error).toBeUndefined();
    await assembleFrom(good.folder, name);
  }
});
afterAll(() => good.remove());

async function assembleFrom(folder: string, name: GoodPackage): Promise<void> {
  const [common, factor] = pairOf(name);
  (await assemble(join(folder, common), [join(folder, factor)] as never)).dispose();
}

/** What came of it, in which time, and by how much memory was ever above where it began. */
async function measured<T>(work: () => Promise<T>) {
  const [rss, started] = [process.memoryUsage().rss, performance.now()];
  const result = await work();
  return {
    result,
    milliseconds: performance.now() - started,
    bytes: process.resourceUsage().maxRSS * 1024 - rss,
  };
}

describe(`${corpus.length} hostile and broken packages`, () => {
  it('have names of their own', () => {
    const names = corpus.map(({ name }) => name);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    expect(corpus.length).toBeGreaterThan(60);
  });

  it.each(corpus)('$name', async ({ of, damage, check, refused, assembled }) => {
    const folder = await good.copy('damaged');
    try {
      await damage(join(folder, of));
      const tensors = memory().numTensors;
      const common = check === 'common' ? { common: join(folder, pairOf(of)[0]) } : {};
      const verified = await measured(() => verifyPackage(join(folder, of), common));
      const { passed, error, checks } = verified.result;
      expect(checks.filter(({ status }) => status === 'failed')[0]?.check).toBe(check);
      expect(passed).toBe(false);
      expectRefusal(error, refused);
      expect(memory().numTensors, 'tensors left behind').toBe(tensors);
      expect(verified.milliseconds).toBeLessThan(SECOND);
      expect(verified.bytes).toBeLessThan(MEGABYTES_200);

      const composed = await measured(() => assembleFrom(folder, of).catch((reason: unknown) => reason));
      if (assembled === 'taken') expect(composed.result).toBeUndefined();
      else expectRefusal(composed.result, assembled === 'same' ? refused : assembled);
      expect(memory().numTensors, 'tensors left behind').toBe(tensors);
      expect(composed.milliseconds).toBeLessThan(SECOND);
      expect(composed.bytes).toBeLessThan(MEGABYTES_200);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  it('are measured by what can tell 300 MB', async () => {
    const { bytes } = await measured(async () => new Uint8Array(300e6).fill(1));
    expect(bytes).toBeGreaterThan(MEGABYTES_200);
  });
});
