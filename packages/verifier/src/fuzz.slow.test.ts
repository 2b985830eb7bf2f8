import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fuzz } from './testing/fuzz/fuzz';
import { type GoodPackages, packGoodPackages } from './testing/good-packages';

describe.each([
  ['float32', 1200],
  ['float16', 300],
  ['uint8', 300],
] as const)('mutants of good packages of %s', (dtype, cases) => {
  let packages: GoodPackages;
  beforeAll(async () => {
    packages = await packGoodPackages(dtype);
  });
  afterAll(() => packages.remove());

  it.each(['ckn', 'shape'] as const)(
    'of %s crash nothing, and are not taken for what they are not',
    async (of) => {
      const { accepted, refused, unforeseen } = await fuzz(packages, of, 0, cases);
      expect(accepted + refused).toBe(cases);
      expect(accepted).toBeGreaterThan(cases / 20);
      expect(refused).toBeGreaterThan(cases / 3);
      expect(unforeseen).toEqual([]);
    },
  );
});
