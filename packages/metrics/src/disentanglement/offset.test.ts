import { featureMatrix } from '@factornet/core/samples';
import { randomStream } from '@factornet/core/training';
import { describe, expect, it } from 'vitest';
import { codeInformation } from './code-information';
import { explicitness } from './explicitness';
import { factorVAE } from './factor-vae';
import { irs } from './irs';
import { mig } from './mig';
import { modularity } from './modularity';
import { sap } from './sap';
import { gaussianTotalCorrelation } from './total-correlation';
import { wassersteinCorrelation } from './wasserstein-correlation';

const random = randomStream(1, 'offset');
const factors = Array.from({ length: 240 }, () => [random.integer(3), random.integer(4)]);
const codes = factors.map(([a = 0, b = 0]) => [
  a + 0.2 * random.normal(),
  b + 0.2 * random.normal(),
  random.normal(),
]);

describe('codes beside an offset of 1e12, of which a number has four digits left', () => {
  it.each([
    mig(),
    sap({ variant: 'continuous' }),
    factorVAE({ trainVotes: 200, testVotes: 200 }),
    modularity(),
    explicitness(),
    irs(),
    gaussianTotalCorrelation(),
    wassersteinCorrelation(),
    codeInformation(),
  ])('score the same by $name', async (metric) => {
    const measure = (offset: number) =>
      metric.measure({
        codes: featureMatrix(codes.map((row) => row.map((value) => value + offset))),
        factors: featureMatrix(factors),
      });
    const [plain, far] = [await measure(0), await measure(1e12)];
    expect(Math.abs(far.value - plain.value)).toBeLessThan(0.01);
  });

  it('are noted by sap-discrete, whose classifier penalises its intercept', async () => {
    const measure = (offset: number) =>
      sap({ variant: 'discrete' }).measure({
        codes: featureMatrix(codes.map((row) => row.map((value) => value + offset))),
        factors: featureMatrix(factors),
      });
    expect((await measure(1e3)).details.notes).toEqual([
      expect.stringMatching(/^3 of 3 codes have a mean of more/),
    ]);
    expect((await measure(0)).details.notes).toEqual([]);
  });
});
