import { useBackend } from '@factornet/core';
import { expectCloseArrays } from '@factornet/core/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { describeCriticEstimator } from '../conformance/describe-critic-estimator';
import { valueAt } from '../testing/evaluate';
import { expectGolden } from '../testing/expect-golden';
import { scoreFixture } from '../testing/score-fixture';
import { SCORE_GOLDENS } from '../testing/score-goldens';
import { donskerVaradhan } from './donsker-varadhan';
import { jensenShannon } from './jensen-shannon';
import { jensenShannonObjective } from './jensen-shannon-objective';
import { smile } from './smile';

describe.each(['cpu', 'wasm'])('jensenShannon on %s', (backend) => {
  beforeAll(() => useBackend(backend));

  describeCriticEstimator('jensenShannon', jensenShannon());

  it('trains on the objective, whose golden value and gradient it has', async () => {
    await expectGolden(jensenShannonObjective, SCORE_GOLDENS.jensenShannonObjective);
    await expectGolden(jensenShannon().surrogate, SCORE_GOLDENS.jensenShannonObjective);
  });

  it('agrees with the goldens of its readings', async () => {
    await expectGolden(jensenShannon().value, SCORE_GOLDENS.jensenShannonNwj);
    await expectGolden(jensenShannon({ reading: 'reference' }).value, SCORE_GOLDENS.jensenShannonReference);
  });

  it('reads as Donsker–Varadhan or SMILE where asked to', async () => {
    const scores = scoreFixture(6);
    const readings = [
      await valueAt(jensenShannon({ reading: 'donskerVaradhan' }).value, scores),
      await valueAt(jensenShannon({ reading: 'smile', tau: 1 }).value, scores),
    ];
    const expected = [
      await valueAt(donskerVaradhan().value, scores),
      await valueAt(smile({ tau: 1 }).value, scores),
    ];
    expectCloseArrays(readings, expected);
  });

  it('says that SMILE bounds nothing', () => {
    expect(jensenShannon().direction).toBe('lower');
    expect(jensenShannon({ reading: 'smile' }).direction).toBe('neither');
  });

  it('has an objective of 0 at most, and −2 log 2 for a critic that knows nothing', async () => {
    const at = (d: number, c: number) => [
      [d, c],
      [c, d],
    ];
    expectCloseArrays([await valueAt(jensenShannonObjective, at(0, 0))], [-2 * Math.LN2]);
    expectCloseArrays([await valueAt(jensenShannonObjective, at(1e4, -1e4))], [0]);
    expectCloseArrays([await valueAt(jensenShannonObjective, at(-1e4, 1e4))], [-2e4]);
  });
});
