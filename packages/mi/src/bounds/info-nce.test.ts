import { useBackend } from '@factornet/core';
import { expectCloseArrays } from '@factornet/core/testing';
import { InvalidOptionError, ShapeMismatchError } from '@factornet/spec';
import { ones } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { describeCriticEstimator } from '../conformance/describe-critic-estimator';
import { valueAt } from '../testing/evaluate';
import { expectGolden } from '../testing/expect-golden';
import { scoreFixture } from '../testing/score-fixture';
import { SCORE_GOLDENS } from '../testing/score-goldens';
import { infoNCE } from './info-nce';

const GOLDEN = { x: SCORE_GOLDENS.infoNCEOverX, y: SCORE_GOLDENS.infoNCEOverY };

describe.each(['cpu', 'wasm'])('infoNCE on %s', (backend) => {
  beforeAll(() => useBackend(backend));

  describeCriticEstimator('infoNCE', infoNCE());

  it.each(['x', 'y'] as const)('agrees with the goldens, normalised over %s', async (axis) => {
    const { value, surrogate } = infoNCE({ axis });
    await expectGolden(value, GOLDEN[axis]);
    await expectGolden(surrogate, GOLDEN[axis]);
  });

  it('averages both directions by default', async () => {
    await expectGolden(infoNCE().value, SCORE_GOLDENS.infoNCE);
  });

  it('swaps its axes when the scores are transposed', async () => {
    const transposed = scoreFixture(5).map((row, i) => row.map((_, j) => scoreFixture(5)[j]?.[i] as number));
    const overX = await valueAt(infoNCE({ axis: 'x' }).value, transposed);
    expectCloseArrays([overX], [await valueAt(infoNCE({ axis: 'y' }).value, scoreFixture(5))]);
  });

  it('ignores what depends on the fixed variable alone', async () => {
    const shifted = scoreFixture(4).map((row, i) => row.map((score) => score + 3 * i));
    const { value } = infoNCE({ axis: 'y' });
    expectCloseArrays([await valueAt(value, shifted)], [GOLDEN.y.four], { absolute: 1e-5 });
  });

  it('reaches its cap, log B, when every pair is told from every other', async () => {
    const certain = Array.from({ length: 6 }, (_, i) =>
      Array.from({ length: 6 }, (_, j) => (i === j ? 60 : 0)),
    );
    expectCloseArrays([await valueAt(infoNCE().value, certain)], [Math.log(6)]);
    expect(infoNCE().cap?.(6)).toBe(Math.log(6));
  });

  it('refuses a single pair and scores that are not square', () => {
    const [single, oblong] = [ones([1, 1]), ones([2, 3])];
    expect(() => infoNCE().value(single as never)).toThrow(InvalidOptionError);
    expect(() => infoNCE().value(oblong as never)).toThrow(ShapeMismatchError);
    single.dispose();
    oblong.dispose();
  });
});
