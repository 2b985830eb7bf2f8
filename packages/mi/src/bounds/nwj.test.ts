import { useBackend } from '@factornet/core';
import { expectCloseArrays } from '@factornet/core/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { describeCriticEstimator } from '../conformance/describe-critic-estimator';
import { gradientAt, valueAt } from '../testing/evaluate';
import { expectGolden } from '../testing/expect-golden';
import { SCORE_GOLDENS } from '../testing/score-goldens';
import { nwj } from './nwj';

describe.each(['cpu', 'wasm'])('nwj on %s', (backend) => {
  beforeAll(() => useBackend(backend));
  const { value, surrogate, cap } = nwj();

  describeCriticEstimator('nwj', nwj());

  it('agrees with the goldens', async () => {
    await expectGolden(value, SCORE_GOLDENS.nwj);
    await expectGolden(surrogate, SCORE_GOLDENS.nwj);
  });

  it('is D − exp(L − 1) for scores c at independent pairs and d at others', async () => {
    const [d, c] = [2, 0.5];
    const scores = [
      [d, c],
      [c, d],
    ];
    expectCloseArrays([await valueAt(value, scores)], [d - Math.exp(c - 1)]);
    expect(cap).toBeUndefined();
  });

  it('caps the mean of exponentials, and still presses down what is beyond', async () => {
    const huge = [
      [0, 500],
      [400, 0],
    ];
    const nats = await valueAt(value, huge);
    expectCloseArrays([nats / Math.exp(80)], [-1], { relative: 1e-4 });
    const gradient = await gradientAt(surrogate, huge);
    expectCloseArrays(
      gradient.map((element) => element / Math.exp(80)),
      [0, -1, 0, 0],
      { absolute: 1e-4 },
    );
  });
});
