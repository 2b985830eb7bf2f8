import { featureMatrix } from '@factornet/core/samples';
import { randomStream } from '@factornet/core/training';
import { InvalidOptionError } from '@factornet/spec';
import { describe, expect, it } from 'vitest';
import { describeMetric } from '../conformance';
import type { LabelInformation } from '../leakage/label-information';
import type { FixedRepresentation } from '../representation';
import { blockDCI } from './block-dci';
import { blockMIG } from './block-mig';
import { blockModularity } from './block-modularity';
import { blockSAP } from './block-sap';

const ROWS = 360;

/** Each of two factors, of 3 and 4 values, on a circle of its own, turned in a plane; and two numbers of noise. */
function circles(): FixedRepresentation {
  const stream = randomStream(9, 'circles');
  const factors = Array.from({ length: ROWS }, () => [stream.integer(3), stream.integer(4)] as const);
  const circle = (value: number, size: number) => {
    const angle = 0.4 + (2 * Math.PI * value) / size;
    return [Math.cos(angle) + 0.1 * stream.normal(), Math.sin(angle) + 0.1 * stream.normal()];
  };
  return {
    factors: featureMatrix(factors),
    codes: featureMatrix(
      factors.map(([a, b]) => [...circle(a, 3), ...circle(b, 4), stream.normal(), stream.normal()]),
    ),
  };
}

const blocks = { first: [0, 1], second: [2, 3], noise: [4, 5] };
const halved = { one: [0, 2], two: [1, 3] };

describe('metrics of blocks', () => {
  it('are near their best where each factor is the one of a block, and fall where factors share blocks', async () => {
    const mig = await blockMIG({ blocks }).measure(circles());
    expect(mig.metric).toBe('block-mig');
    expect(mig.value).toBeGreaterThan(0.9);
    expect((await blockMIG({ blocks: halved }).measure(circles())).value).toBeLessThan(0.4);
    // Chance is 1/3 and 1/4, so that the best gap is 17/24.
    const sap = await blockSAP({ blocks }).measure(circles());
    expect(sap.value).toBeGreaterThan(0.6);
    expect((await blockSAP({ blocks: halved }).measure(circles())).value).toBeLessThan(0.4);
    const { first, second } = blocks;
    expect((await blockModularity({ blocks: { first, second } }).measure(circles())).value).toBeGreaterThan(
      0.98,
    );
    const mixed = await blockModularity({ blocks: { all: [0, 1, 2, 3] } }).measure(circles());
    // All of both factors: 1 − (ln 3 / ln 4)².
    expect(mixed.value).toBeCloseTo(1 - (Math.log(3) / Math.log(4)) ** 2, 1);
  });

  it('work out gaps and modularity of what an estimator says, within 0 and H', async () => {
    const says = [5, -0.2, 0.3, 0.6, -1, 0.2];
    let asked = 0;
    const estimator: LabelInformation = {
      name: 'says',
      direction: 'neither',
      estimate: ({ features, split }) => {
        expect(features.columns).toBe(2);
        expect(split.train.length).toBe(2 * split.test.length);
        return says[asked++] as number;
      },
    };
    const { value, details } = await blockMIG({ blocks, estimator }).measure(circles());
    const [h, g] = details.entropies as [number, number];
    expect(details.information).toEqual([says.slice(0, 2), says.slice(2, 4), says.slice(4)]);
    expect(value).toBeCloseTo(((h - 0.3) / h + (0.6 - 0.2) / g) / 2, 12);
    asked = 0;
    const modular = await blockModularity({ blocks, estimator }).measure(circles());
    expect(modular.details.perBlock).toEqual([1, 1 - (0.3 / 0.6) ** 2, 1]);
  });

  it('add up the importances of a block, and let only its columns be seen', async () => {
    const { value, details } = await blockDCI({ blocks: { a: [1, 0], b: [2, 3] } }).measure(circles());
    expect(value).toBeGreaterThan(0.9);
    expect(details.completeness).toBeGreaterThan(0.9);
    for (const factor of [0, 1]) {
      const sum = (details.importances as number[][]).reduce((total, row) => total + (row[factor] ?? 0), 0);
      expect(sum).toBeCloseTo(1, 9);
    }
  });

  it('refuse blocks that make no sense, by name', async () => {
    expect(() => blockMIG({ blocks: { one: [0] } })).toThrow(/blocks must be two blocks at least/);
    expect(() => blockSAP({ blocks: { one: [0], two: [] } })).toThrow(/blocks.two/);
    expect(() => blockDCI({ blocks: { one: [0], two: [1, 0] } })).toThrow(/columns named before/);
    expect(() => blockModularity({ blocks: {} })).toThrow(InvalidOptionError);
    expect(() => blockModularity({ blocks: { one: [1.5] } })).toThrow(/whole numbers/);
    await expect(blockSAP({ blocks: { one: [0], two: [6] } }).measure(circles())).rejects.toThrow(/below 6/);
  });
});

// Codes in another order are other blocks, so that the value may be another.
const two = { left: [0, 2], right: [1] };
describeMetric('blockSAP', blockSAP({ blocks: two }), { orderTolerance: 1 });
describeMetric('blockMIG', blockMIG({ blocks: two }), { orderTolerance: 1, sampler: false });
describeMetric('blockModularity', blockModularity({ blocks: two }), { orderTolerance: 1, sampler: false });
