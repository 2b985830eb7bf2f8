import { corpus, type GoodPackages, packGoodPackages } from '@factornet/verifier/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { enterDamaged, entries, expectOutcome } from './testing/hostile-entries';

let good: GoodPackages;
beforeAll(async () => {
  good = await packGoodPackages();
  for (const { enter } of entries) await enter(good.folder);
});
afterAll(() => good.remove());

// What assembling refuses, evaluating does; each of the other entries gets its share.
describe.each(corpus.map((hostile, index) => ({ name: hostile.name, hostile, index })))(
  '$name',
  ({ hostile, index }) => {
    const [evaluate, ...others] = entries;
    const other = others[index % others.length];
    const chosen = (hostile.assembled === 'taken' ? [other] : [evaluate, other]) as typeof entries;
    it.each(chosen)('at $name', async (entry) => {
      const { error, milliseconds } = await enterDamaged(good, hostile, entry);
      expectOutcome(error, hostile, entry);
      expect(milliseconds).toBeLessThan(3000);
    });
  },
);
