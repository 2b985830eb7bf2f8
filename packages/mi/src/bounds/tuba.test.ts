import { useBackend } from '@factornet/core';
import { expectCloseArrays } from '@factornet/core/testing';
import { tensor1d } from '@tensorflow/tfjs';
import { beforeAll, describe, it } from 'vitest';
import { learnedBaseline } from '../baselines/learned-baseline';
import { describeCriticEstimator } from '../conformance/describe-critic-estimator';
import { valueAt } from '../testing/evaluate';
import { expectGolden } from '../testing/expect-golden';
import { scoreFixture } from '../testing/score-fixture';
import { logBaselineFixture, SCORE_GOLDENS } from '../testing/score-goldens';
import { tuba } from './tuba';

describe.each(['cpu', 'wasm'])('tuba on %s', (backend) => {
  beforeAll(() => useBackend(backend));
  const { value, surrogate } = tuba();

  describeCriticEstimator('tuba', tuba({ baseline: learnedBaseline({ hidden: [8] }) }));

  it('agrees with the goldens', async () => {
    for (const evaluate of [value, surrogate]) {
      await expectGolden((scores) => {
        const logBaseline = tensor1d(logBaselineFixture(scores.shape[0]));
        return evaluate(scores, logBaseline);
      }, SCORE_GOLDENS.tuba);
    }
  });

  it('ties its baseline to y: what depends on y alone can be taken away', async () => {
    const offsets = [3, -2, 0.5, 1];
    const shifted = scoreFixture(4).map((row) => row.map((score, j) => score + (offsets[j] as number)));
    const withOffsets = await valueAt((scores) => value(scores, tensor1d(offsets)), shifted);
    const without = await valueAt((scores) => value(scores, tensor1d([0, 0, 0, 0])), scoreFixture(4));
    expectCloseArrays([withOffsets], [without]);
  });
});
