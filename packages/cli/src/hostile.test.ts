import { corpus, type GoodPackages, packGoodPackages } from '@factornet/verifier/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { enterDamaged, entries, expectOutcome } from './testing/hostile-entries';

let good: GoodPackages;
beforeAll(async () => {
  good = await packGoodPackages();
});
afterAll(() => good.remove());

/** One of each kind; all of them are in the slow tests. */
const names = [
  'a layer that is not allowed',
  'an axis of 10⁹',
  'NaN among the weights',
  'weights that are a link',
  'a common-knowledge network of another representation',
];
const some = corpus.filter(({ name }) => names.includes(name));

describe.each(entries)('$name', (entry) => {
  it('takes good packages', () => entry.enter(good.folder));

  it(`refuses what it looks at of ${some.length} hostile packages`, async () => {
    expect(some).toHaveLength(names.length);
    for (const hostile of some) {
      const { error } = await enterDamaged(good, hostile, entry);
      expectOutcome(error, hostile, entry);
    }
  });
});
