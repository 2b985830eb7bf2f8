import { useBackend } from '@factornet/core';
import { expectCloseArrays } from '@factornet/core/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { describeCriticEstimator } from '../conformance/describe-critic-estimator';
import { gradientAt, valueAt } from '../testing/evaluate';
import { numericGradient } from '../testing/numeric-gradient';
import { scoreFixture } from '../testing/score-fixture';
import { donskerVaradhan } from './donsker-varadhan';

// Goldens: an independent NumPy implementation in float64, gradients checked there by finite differences.
const GOLDEN = {
  4: 2.7251929721431254,
  8: 1.4084380619,
  gradient: [
    0.25, -0.00895977301267201, -0.0028898685736692266, -0.002788652545449017, -0.35961938428647744, 0.25,
    -0.03812584053050722, -0.007240588997117954, -0.06863338753951091, -0.25706581880134205, 0.25,
    -0.14868841737502114, -0.003840551446344863, -0.01568109716453363, -0.08646661972735432, 0.25,
  ],
};

describe.each(['cpu', 'wasm'])('donskerVaradhan on %s', (backend) => {
  beforeAll(() => useBackend(backend));
  const { value, surrogate, cap } = donskerVaradhan();

  describeCriticEstimator('donskerVaradhan', donskerVaradhan());

  it('agrees with the goldens', async () => {
    expectCloseArrays([await valueAt(value, scoreFixture(4))], [GOLDEN[4]]);
    expectCloseArrays([await valueAt(value, scoreFixture(8))], [GOLDEN[8]]);
    const gradient = await gradientAt(surrogate, scoreFixture(4));
    expectCloseArrays(gradient, GOLDEN.gradient, { absolute: 1e-6 });
    expectCloseArrays(gradient, await numericGradient(value, scoreFixture(4)), { absolute: 5e-4 });
  });

  it('does not see a constant added to all scores', async () => {
    const shifted = scoreFixture(4).map((row) => row.map((score) => score + 7));
    expectCloseArrays([await valueAt(value, shifted)], [GOLDEN[4]], { absolute: 1e-5 });
  });

  it('does not count the diagonal as independent pairs, whatever the size of the scores', async () => {
    // With an exp(0) left on the diagonal the normaliser would be near log(1/3), not −20.
    expectCloseArrays(
      [
        await valueAt(value, [
          [1, -20, -20],
          [-20, 1, -20],
          [-20, -20, 1],
        ]),
      ],
      [21],
    );
    // A diagonal that dominates would give log 3 at most if it were part of the normaliser.
    expectCloseArrays(
      [
        await valueAt(value, [
          [50, 0, 0],
          [0, 50, 0],
          [0, 0, 50],
        ]),
      ],
      [50],
    );
  });

  it('has no cap of its own, but twice the largest score', async () => {
    expect(cap).toBeUndefined();
    expectCloseArrays(
      [
        await valueAt(value, [
          [1, -1],
          [-1, 1],
        ]),
      ],
      [2],
    );
  });
});
