import { useBackend } from '@factornet/core';
import { expectCloseArrays } from '@factornet/core/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { describeCriticEstimator } from '../conformance/describe-critic-estimator';
import { gradientAt, valueAt } from '../testing/evaluate';
import { expectGolden } from '../testing/expect-golden';
import { scoreFixture } from '../testing/score-fixture';
import { SCORE_GOLDENS } from '../testing/score-goldens';
import { club } from './club';
import { vClub } from './v-club';

describe.each(['cpu', 'wasm'])('club on %s', (backend) => {
  beforeAll(() => useBackend(backend));

  describeCriticEstimator('club', club());
  describeCriticEstimator('club, off-diagonal', club({ pairs: 'off-diagonal' }));
  describeCriticEstimator('vClub', vClub());

  it('agrees with the goldens', async () => {
    await expectGolden(club().value, SCORE_GOLDENS.club);
    await expectGolden(club({ pairs: 'off-diagonal' }).value, SCORE_GOLDENS.clubOffDiagonal);
    await expectGolden(vClub().surrogate, SCORE_GOLDENS.club);
  });

  it('is (B − 1)/B of itself off the diagonal', async () => {
    const offDiagonal = await valueAt(club({ pairs: 'off-diagonal' }).value, scoreFixture(5));
    expectCloseArrays([await valueAt(club().value, scoreFixture(5))], [(offDiagonal * 4) / 5]);
  });

  it('trains a conditional by likelihood', async () => {
    const { criticSurrogate } = club();
    const scores = scoreFixture(3);
    const likelihood = scores.reduce((sum, row, i) => sum + (row[i] as number), 0) / 3;
    expectCloseArrays([await valueAt(criticSurrogate as never, scores)], [likelihood]);
    const gradient = await gradientAt(criticSurrogate as never, scores);
    expectCloseArrays(
      gradient,
      [1, 0, 0, 0, 1, 0, 0, 0, 1].map((one) => one / 3),
    );
  });

  it('is an upper bound of the true conditional only', () => {
    expect(club().direction).toBe('upper');
    expect(vClub().direction).toBe('neither');
  });

  it('as a penalty stops at 0, and tells the truth about the value', async () => {
    const { value, surrogate } = vClub({ stopAtZero: true });
    const against = [
      [-3, 1],
      [1, -3],
    ];
    expect(await valueAt(value, against)).toBeCloseTo(-2, 6);
    expect(await valueAt(surrogate, against)).toBe(0);
    expectCloseArrays(await gradientAt(surrogate, against), [0, 0, 0, 0]);
    await expectGolden(surrogate, SCORE_GOLDENS.club);
  });
});
