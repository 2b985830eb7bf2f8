import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fuzz } from './testing/fuzz/fuzz';
import { type GoodPackages, packGoodPackages } from './testing/good-packages';

const CASES = 60;

let packages: GoodPackages;
beforeAll(async () => {
  packages = await packGoodPackages();
});
afterAll(() => packages.remove());

describe('mutants of good packages', () => {
  it.each(['ckn', 'shape'] as const)(
    'of %s crash nothing, and are not taken for what they are not',
    async (of) => {
      const { accepted, refused, reasons, unforeseen } = await fuzz(packages, of, 0, CASES);
      expect(accepted + refused).toBe(CASES);
      // Both must come up, or the mutants are too tame or too wild to tell anything.
      expect(accepted).toBeGreaterThan(4);
      expect(reasons.size).toBeGreaterThan(5);
      expect(unforeseen).toEqual([]);
    },
  );
});
