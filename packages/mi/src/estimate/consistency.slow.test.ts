import { useBackend } from '@factornet/core';
import { type FeatureMatrix, featureMatrix } from '@factornet/core/samples';
import { beforeAll, describe, expect, it } from 'vitest';
import { infoNCE } from '../bounds/info-nce';
import { jensenShannon } from '../bounds/jensen-shannon';
import type { CriticEstimator, PairedSamples, SampleEstimator } from '../estimator';
import { ksg } from '../sample-estimators/ksg';
import { gaussianPairs } from '../testing/gaussian-pairs';
import { estimate } from './estimate';

/** The self-consistency tests of Song and Ermon, arXiv 1910.06222. */
const ROWS = 2500;

function beside(left: FeatureMatrix, right: FeatureMatrix): FeatureMatrix {
  return featureMatrix(
    Array.from({ length: left.rows }, (_, row) =>
      [left, right].flatMap(({ columns, data }) => [...data.subarray(row * columns, (row + 1) * columns)]),
    ),
  );
}

describe.each<CriticEstimator | SampleEstimator>([
  infoNCE(),
  jensenShannon({ reading: 'donskerVaradhan' }),
  ksg(),
])(
  'estimate by $name is consistent',
  (estimator) => {
    beforeAll(() => useBackend('wasm'));
    const evaluate = (samples: PairedSamples) => estimate(samples, { estimator, steps: 300, batchSize: 64 });
    const pairs = gaussianPairs(0.8, { rows: ROWS });

    it('finds less than 0.05 nats in independent variables', async () => {
      const { value } = await evaluate(gaussianPairs(0, { rows: ROWS }));
      expect(Math.abs(value)).toBeLessThan(0.05);
    });

    it('finds no more in y and a function of y than in y, and twice as much in two independent copies', async () => {
      const one = await evaluate(pairs);
      const bent = { ...pairs.y, data: pairs.y.data.map((value) => Math.tanh(value)) };
      const processed = await evaluate({ x: pairs.x, y: beside(pairs.y, bent) });
      expect(Math.abs(processed.value - one.value)).toBeLessThan(0.1 * one.value);
      const copy = gaussianPairs(0.8, { rows: ROWS, key: 'copy' });
      const both = await evaluate({ x: beside(pairs.x, copy.x), y: beside(pairs.y, copy.y) });
      // Four standard errors of the ratio, which are near 0.3, and what InfoNCE lacks at 1.6 nats.
      const error = Math.hypot(both.standardError, 2 * one.standardError) / one.value;
      expect(Math.abs(both.value / one.value - 2)).toBeLessThan(4 * error);
    });
  },
  120_000,
);
