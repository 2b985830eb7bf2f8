import { expectCloseArrays } from '@factornet/core/testing';
import type { Scalar, Tensor2D } from '@tensorflow/tfjs';
import { gradientAt, valueAt } from './evaluate';
import { scoreFixture } from './score-fixture';
import type { ScoreGolden } from './score-goldens';

/** Holds a function of scores to its golden values, and to its golden gradient at batch 4. */
export async function expectGolden(
  evaluate: (scores: Tensor2D) => Scalar,
  { four, eight, gradient }: ScoreGolden,
  fixture = scoreFixture,
): Promise<void> {
  expectCloseArrays([await valueAt(evaluate, fixture(4))], [four]);
  if (eight !== undefined) expectCloseArrays([await valueAt(evaluate, fixture(8))], [eight]);
  if (gradient !== undefined) {
    expectCloseArrays(await gradientAt(evaluate, fixture(4)), gradient, { absolute: 1e-6 });
  }
}
