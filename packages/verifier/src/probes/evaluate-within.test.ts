import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type GoodPackages, packGoodPackages } from '../testing/good-packages';
import { verifyPackage } from '../verify-package';

let good: GoodPackages;
beforeAll(async () => {
  good = await packGoodPackages();
});
afterAll(() => good.remove());

describe('golden probes', () => {
  it('tell how far they are, picture by picture', async () => {
    const told: number[][] = [];
    const onProgress = (done: number, total: number) => told.push([done, total]);
    expect((await verifyPackage(join(good.folder, 'ckn'), { onProgress })).passed).toBe(true);
    expect(told).toEqual([
      [1, 2],
      [2, 2],
    ]);
  });

  it.each(['ckn', 'shape'])('of %s that take longer than they may are refused', async (name) => {
    const { passed, checks, error } = await verifyPackage(join(good.folder, name), { probeSeconds: 0 });
    expect(passed).toBe(false);
    expect(checks.find(({ status }) => status === 'failed')?.check).toBe('probes');
    expect(error).toMatchObject({ code: 'refused-package', rule: 'size' });
    expect(error?.message).toMatch(/\d of its 2 golden probes took longer than the 0 s .*--probe-seconds/s);
  });
});
