import { useBackend } from '@factornet/core';
import { beforeAll, describe, expect, it } from 'vitest';
import { describeBaseline } from '../conformance/describe-baseline';
import { learnedBaseline } from './learned-baseline';

describe.each(['cpu', 'wasm'])('learnedBaseline on %s', (backend) => {
  beforeAll(() => useBackend(backend));

  describeBaseline('learnedBaseline', learnedBaseline({ hidden: [16, 8] }));
  describeBaseline('learnedBaseline, linear', learnedBaseline({ hidden: [] }));

  it('has the layers asked for', () => {
    const network = learnedBaseline({ hidden: [7] }).create({ yFeatures: 5, seed: 1, name: 'baseline' });
    expect(network.variables.map(({ shape }) => shape)).toEqual([[5, 7], [7], [7, 1], [1]]);
    network.dispose();
  });
});
