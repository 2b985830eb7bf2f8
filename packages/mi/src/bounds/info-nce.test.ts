import { useBackend } from '@factornet/core';
import { expectCloseArrays } from '@factornet/core/testing';
import { InvalidOptionError, ShapeMismatchError } from '@factornet/spec';
import { ones } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { describeCriticEstimator } from '../conformance/describe-critic-estimator';
import { gradientAt, valueAt } from '../testing/evaluate';
import { numericGradient } from '../testing/numeric-gradient';
import { scoreFixture } from '../testing/score-fixture';
import { infoNCE } from './info-nce';

// Goldens: an independent NumPy implementation in float64, gradients checked there by finite differences.
const GOLDEN = {
  y: {
    4: 1.255057757108814,
    8: 0.7847198603,
    gradient: [
      0.009750671615656042, -0.005968168395226613, -0.0019249619676009807, -0.001857541252828424,
      -0.0521466262995204, 0.05872498761843101, -0.005528439359419223, -0.0010499219594913446,
      -0.005620508998113712, -0.021051572703571497, 0.03884843810388816, -0.012176356402202857,
      -0.0004291259694927039, -0.0017521353684362383, -0.009661391739608541, 0.011842653077537485,
    ],
  },
  x: {
    4: 1.1109964409112898,
    8: 0.7880463632,
    gradient: [
      0.13626061005793283, -0.0013992659695854213, -0.0002669965071411346, -0.000304417313632812,
      -0.11340595665869477, 0.04399470642110742, -0.003522466850643177, -0.000790403471102578,
      -0.021643535673385148, -0.04014649162245442, 0.01177816071995963, -0.01623125428784106,
      -0.0012111177258529394, -0.0024489488290675705, -0.007988697362175194, 0.017326075072576386,
    ],
  },
} as const;

describe.each(['cpu', 'wasm'])('infoNCE on %s', (backend) => {
  beforeAll(() => useBackend(backend));

  describeCriticEstimator('infoNCE', infoNCE());

  it.each(['x', 'y'] as const)('agrees with the goldens, normalised over %s', async (axis) => {
    const { value, surrogate } = infoNCE({ axis });
    expectCloseArrays([await valueAt(value, scoreFixture(4))], [GOLDEN[axis][4]]);
    expectCloseArrays([await valueAt(value, scoreFixture(8))], [GOLDEN[axis][8]]);
    const gradient = await gradientAt(surrogate, scoreFixture(4));
    expectCloseArrays(gradient, GOLDEN[axis].gradient, { absolute: 1e-6 });
    expectCloseArrays(gradient, await numericGradient(value, scoreFixture(4)), { absolute: 2e-4 });
  });

  it('averages both directions by default', async () => {
    expectCloseArrays([await valueAt(infoNCE().value, scoreFixture(4))], [1.1830270990100518]);
  });

  it('swaps its axes when the scores are transposed', async () => {
    const transposed = scoreFixture(5).map((row, i) => row.map((_, j) => scoreFixture(5)[j]?.[i] as number));
    const overX = await valueAt(infoNCE({ axis: 'x' }).value, transposed);
    expectCloseArrays([overX], [await valueAt(infoNCE({ axis: 'y' }).value, scoreFixture(5))]);
  });

  it('ignores what depends on the fixed variable alone', async () => {
    const shifted = scoreFixture(4).map((row, i) => row.map((score) => score + 3 * i));
    const { value } = infoNCE({ axis: 'y' });
    expectCloseArrays([await valueAt(value, shifted)], [GOLDEN.y[4]], { absolute: 1e-5 });
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
