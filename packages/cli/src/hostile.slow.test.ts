import { corpus, type GoodPackages, packGoodPackages } from '@factornet/verifier/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { enterDamaged, entries, expectOutcome } from './testing/hostile-entries';

let good: GoodPackages;
beforeAll(async () => {
  good = await packGoodPackages();
  for (const { enter } of entries) await enter(good.folder);
});
afterAll(() => good.remove());

// Those that load models all look at the same; each of the others gets its share.
describe.each(corpus.map((hostile, index) => ({ name: hostile.name, hostile, index })))(
  '$name',
  ({ hostile, index }) => {
    const others = entries.slice(1);
    const chosen = [entries[0], others[index % others.length]] as typeof entries;
    it.each(chosen)('at $name', async (entry) => {
      const { error, milliseconds } = await enterDamaged(good, hostile, entry);
      expectOutcome(error, hostile, entry);
      expect(milliseconds).toBeLessThan(3000);
    });
  },
);
