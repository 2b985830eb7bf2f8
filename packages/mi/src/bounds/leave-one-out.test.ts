import { useBackend } from '@factornet/core';
import { expectCloseArrays } from '@factornet/core/testing';
import { beforeAll, describe, it } from 'vitest';
import { describeCriticEstimator } from '../conformance/describe-critic-estimator';
import { valueAt } from '../testing/evaluate';
import { expectGolden } from '../testing/expect-golden';
import { scoreFixture } from '../testing/score-fixture';
import { SCORE_GOLDENS } from '../testing/score-goldens';
import { leaveOneOut } from './leave-one-out';

describe.each(['cpu', 'wasm'])('leaveOneOut on %s', (backend) => {
  beforeAll(() => useBackend(backend));
  const { value } = leaveOneOut();

  describeCriticEstimator('leaveOneOut', leaveOneOut());

  it('agrees with the goldens', () => expectGolden(value, SCORE_GOLDENS.leaveOneOut));

  it('takes the marginal over x for each y: what depends on y alone cancels', async () => {
    const shifted = scoreFixture(4).map((row) => row.map((score, j) => score + 3 * j));
    expectCloseArrays([await valueAt(value, shifted)], [SCORE_GOLDENS.leaveOneOut.four], { absolute: 1e-5 });
  });

  it('leaves the pair itself out, whatever its likelihood', async () => {
    const scores = [
      [50, 1, 0],
      [1, 50, 0],
      [0, 2, 50],
    ];
    const marginal = [
      [1, 0],
      [1, 2],
      [0, 0],
    ].map(([a, b]) => Math.log((Math.exp(a as number) + Math.exp(b as number)) / 2));
    expectCloseArrays(
      [await valueAt(value, scores)],
      [50 - marginal.reduce((sum, next) => sum + next, 0) / 3],
    );
  });
});
