import { useBackend } from '@factornet/core';
import { expectCloseArrays } from '@factornet/core/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { describeCriticEstimator } from '../conformance/describe-critic-estimator';
import { valueAt } from '../testing/evaluate';
import { expectGolden } from '../testing/expect-golden';
import { scoreFixture } from '../testing/score-fixture';
import { SCORE_GOLDENS } from '../testing/score-goldens';
import { donskerVaradhan } from './donsker-varadhan';

describe.each(['cpu', 'wasm'])('donskerVaradhan on %s', (backend) => {
  beforeAll(() => useBackend(backend));
  const { value, surrogate, cap } = donskerVaradhan();

  describeCriticEstimator('donskerVaradhan', donskerVaradhan());

  it('agrees with the goldens', async () => {
    await expectGolden(value, SCORE_GOLDENS.donskerVaradhan);
    await expectGolden(surrogate, SCORE_GOLDENS.donskerVaradhan);
  });

  it('does not see a constant added to all scores', async () => {
    const shifted = scoreFixture(4).map((row) => row.map((score) => score + 7));
    expectCloseArrays([await valueAt(value, shifted)], [SCORE_GOLDENS.donskerVaradhan.four], {
      absolute: 1e-5,
    });
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
