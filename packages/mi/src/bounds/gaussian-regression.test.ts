import { expectCloseArrays } from '@factornet/core/testing';
import { InvalidOptionError, ShapeMismatchError } from '@factornet/spec';
import {
  grads,
  setBackend,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  tensor1d,
  tensor2d,
  tidy,
} from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { FeaturePrediction } from '../estimator';
import { gaussianRegression } from './gaussian-regression';

beforeAll(() => setBackend('cpu'));

/** Sixteen rows of four columns with exactly the second moments of independent standard normals. */
const signs = Array.from({ length: 16 }, (_, bits) =>
  [0, 1, 2, 3].map((bit) => ((bits >> bit) & 1 ? 1 : -1)),
);
const column = (index: number) => signs.map((row) => row[index] as number);
const sum = (one: number[], scale: number, other: number[], otherScale: number) =>
  one.map((value, index) => scale * value + otherScale * (other[index] as number));
const rowsOf = (...columns: number[][]) =>
  tensor2d((columns[0] as number[]).map((_, row) => columns.map((each) => each[row] as number)));

async function natsOf(make: () => FeaturePrediction, bound = gaussianRegression({ variance: 'learned' })) {
  const value = tidy(() => bound.value(make()));
  const [nats] = await value.data();
  value.dispose();
  return nats as number;
}

describe('gaussianRegression', () => {
  // f_d = ρ_d z_d + √(1 − ρ_d²) ε_d in two dimensions: I(f; z) = −½ Σ_d log(1 − ρ_d²).
  const correlations = [0.9, 0.5];
  const rests = correlations.map((correlation) => Math.sqrt(1 - correlation ** 2));
  const truth = -0.5 * correlations.reduce((total, correlation) => total + Math.log(1 - correlation ** 2), 0);
  const features = () =>
    rowsOf(...correlations.map((one, d) => sum(column(d), one, column(d + 2), rests[d] as number)));
  const best = () => rowsOf(...correlations.map((one, d) => sum(column(d), one, column(d), 0)));
  const bestVariances = () => tensor1d(rests.map((rest) => 2 * Math.log(rest)));

  it('is the information of jointly Gaussian f and z at the best regression and variances', async () => {
    const nats = await natsOf(() => ({ mean: best(), logVariance: bestVariances(), features: features() }));
    expect(nats).toBeCloseTo(truth, 5);
  });

  it('is less for any other regression, and for any other variance', async () => {
    const others: (() => FeaturePrediction)[] = [
      () => ({ mean: best().mul(0.8), logVariance: bestVariances(), features: features() }),
      () => ({ mean: best().add(0.1), logVariance: bestVariances(), features: features() }),
      () => ({ mean: best(), logVariance: bestVariances().add(0.3), features: features() }),
      () => ({ mean: best(), logVariance: bestVariances().sub(0.3), features: features() }),
    ];
    for (const other of others) expect(await natsOf(other)).toBeLessThan(truth - 1e-3);
    const gradient = tidy(() =>
      grads((mean: Tensor, logVariance: Tensor) =>
        gaussianRegression({ variance: 'learned' }).surrogate({
          mean: mean as Tensor2D,
          logVariance: logVariance as Tensor1D,
          features: features(),
        }),
      )([best(), bestVariances()]),
    );
    // Errors are left, but none along a linear function of z; and no other variance is better.
    const slopes = (await gradient[0]?.array()) as number[][];
    for (const d of [0, 1]) {
      const along = slopes.reduce(
        (total, row, i) => total + (row[d] as number) * (column(d)[i] as number),
        0,
      );
      expect(along).toBeCloseTo(0, 5);
    }
    expectCloseArrays((await gradient[1]?.data()) as Float32Array, [0, 0], { absolute: 1e-5 });
    for (const each of gradient) each.dispose();
  });

  it('is ½ (1 − MSE) per dimension at unit variance', async () => {
    const nats = await natsOf(() => ({ mean: best(), features: features() }), gaussianRegression());
    expect(nats).toBeCloseTo(
      correlations.reduce((total, one) => total + 0.5 * one ** 2, 0),
      5,
    );
  });

  // f = (z + ε₁, z + ε₂)/√2: correlated by ½, and given z not at all. I(f; z) = ½ log 3.
  const shared = () => {
    const [z, first, second] = [column(0), column(1), column(2)];
    const scale = Math.SQRT1_2;
    return {
      mean: rowsOf(sum(z, scale, z, 0), sum(z, scale, z, 0)),
      logVariance: tensor1d([Math.log(0.5), Math.log(0.5)]),
      features: rowsOf(sum(z, scale, first, scale), sum(z, scale, second, scale)),
    };
  };

  it('is the information of dimensions that tell of each other, where their entropy is known', async () => {
    const entropy = 0.5 * Math.log((2 * Math.PI * Math.E) ** 2 * 0.75);
    expect(await natsOf(() => ({ ...shared(), entropy }))).toBeCloseTo(0.5 * Math.log(3), 5);
  });

  it('reads too high by KL(p(f) ‖ N(0, I)) where it is not', async () => {
    const divergence = -0.5 * Math.log(0.75);
    expect(await natsOf(shared)).toBeCloseTo(0.5 * Math.log(3) + divergence, 5);
  });

  it('goes on above log(batch)', async () => {
    const precise = () => ({
      mean: rowsOf(column(0)),
      logVariance: tensor1d([-9]),
      features: rowsOf(sum(column(0), Math.sqrt(1 - Math.exp(-9)), column(1), Math.exp(-4.5))),
    });
    expect(await natsOf(precise)).toBeCloseTo(4.5, 2);
    expect(await natsOf(precise)).toBeGreaterThan(Math.log(16));
  });

  it('refuses a mean of another shape, and a learned variance that is missing', () => {
    const given = { mean: best(), features: rowsOf(column(0)) };
    expect(() => gaussianRegression().value(given)).toThrow(ShapeMismatchError);
    const without = { mean: best(), features: features() };
    expect(() => gaussianRegression({ variance: 'learned' }).value(without)).toThrow(InvalidOptionError);
    expect(() => gaussianRegression({ variance: 'learned' }).value(without)).toThrow(/logVariance/);
  });
});
