import { useBackend } from '@factornet/core';
import { expectCloseArrays, expectNoLeak } from '@factornet/core/testing';
import { InvalidOptionError } from '@factornet/spec';
import { type Tensor2D, tensor2d, tidy, zeros } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { gradientAt, valueAt } from '../testing/evaluate';
import { numericGradient } from '../testing/numeric-gradient';
import { gaussianKL } from './gaussian-kl';

const mean = [
  [0.5, -1],
  [0, 0.25],
  [1.5, 0.1],
];
const logVariance = [
  [0, -0.5],
  [0.3, -0.2],
  [-1, 0.8],
];

describe.each(['cpu', 'wasm'])('gaussianKL on %s', (backend) => {
  beforeAll(() => useBackend(backend));
  const { value, surrogate } = gaussianKL();
  const ofMean = (input: Tensor2D) => value({ mean: input, logVariance: tensor2d(logVariance) });
  const ofLogVariance = (input: Tensor2D) => value({ mean: tensor2d(mean), logVariance: input });

  it('agrees with the golden: summed over dimensions, averaged over the batch', async () => {
    expectCloseArrays([await valueAt(ofMean, mean)], [0.7568400983]);
  });

  it('agrees with ∫ q log(q/p) by quadrature', async () => {
    const [mu, logSigmaSquared] = [0.7, -1.2];
    const [sigma, step] = [Math.exp(logSigmaSquared / 2), 1e-3];
    let integral = 0;
    for (let t = mu - 10 * sigma; t < mu + 10 * sigma; t += step) {
      const logQ = -0.5 * ((t - mu) / sigma) ** 2 - Math.log(sigma) - 0.5 * Math.log(2 * Math.PI);
      const logP = -0.5 * t ** 2 - 0.5 * Math.log(2 * Math.PI);
      integral += Math.exp(logQ) * (logQ - logP) * step;
    }
    const divergence = value({ mean: tensor2d([[mu]]), logVariance: tensor2d([[logSigmaSquared]]) });
    expectCloseArrays(await divergence.data(), [integral]);
  });

  it('is exactly I(x; t) for t = a x + √(1−a²) ε, whose marginal is the prior', async () => {
    const a = 0.9;
    // Two points with the moments of x ~ N(0, 1) that the divergence depends on.
    const moments = {
      mean: tensor2d([[a], [-a]]),
      logVariance: tensor2d([[1], [1]]).mul(Math.log(1 - a ** 2)),
    };
    const nats = value(moments as { mean: Tensor2D; logVariance: Tensor2D });
    expectCloseArrays(await nats.data(), [-0.5 * Math.log(1 - a ** 2)]);
  });

  it('is 0, and at rest, for the prior itself', async () => {
    const prior = () => ({ mean: zeros([3, 2]) as Tensor2D, logVariance: zeros([3, 2]) as Tensor2D });
    expect((await value(prior()).data())[0]).toBe(0);
    const gradient = await gradientAt(
      (input) => value({ ...prior(), mean: input }),
      [
        [0, 0],
        [0, 0],
        [0, 0],
      ],
    );
    expectCloseArrays(gradient, [0, 0, 0, 0, 0, 0]);
  });

  it('has the gradients μ/B and ½(σ²−1)/B', async () => {
    const [atMean, atLogVariance] = [
      await gradientAt(ofMean, mean),
      await gradientAt(ofLogVariance, logVariance),
    ];
    expectCloseArrays(
      atMean,
      mean.flat().map((mu) => mu / 3),
    );
    expectCloseArrays(
      atLogVariance,
      logVariance.flat().map((log) => (0.5 * (Math.exp(log) - 1)) / 3),
    );
    expectCloseArrays(atMean, await numericGradient(ofMean, mean), { absolute: 1e-3 });
    expectCloseArrays(atLogVariance, await numericGradient(ofLogVariance, logVariance), { absolute: 1e-3 });
  });

  it('clamps the log-variance to [-10, 10]', async () => {
    const at = async (log: number) =>
      valueAt((input) => value({ mean: tensor2d([[0]]), logVariance: input }), [[log]]);
    expect(await at(200)).toBe(await at(10));
    expect(await at(-200)).toBe(await at(-10));
    expectCloseArrays([await at(-200)], [0.5 * (Math.exp(-10) - 1 + 10)]);
  });

  it('presses no dimension below its free nats, but tells the truth about the value', async () => {
    const free = gaussianKL({ freeNats: 0.2 });
    const at = (log: number[]) => (input: Tensor2D) =>
      free.surrogate({ mean: input, logVariance: tensor2d([log]) });
    // KL per dimension: 0.5 · 0.4² = 0.08 (free), 0.5 · 2² = 2 (not).
    expectCloseArrays([await valueAt(at([0, 0]), [[0.4, 2]])], [0.2 + 2]);
    expectCloseArrays(await gradientAt(at([0, 0]), [[0.4, 2]]), [0, 2]);
    const nats = free.value({ mean: tensor2d([[0.4, 2]]), logVariance: zeros([1, 2]) });
    expectCloseArrays(await nats.data(), [2.08]);
    expect(() => gaussianKL({ freeNats: -1 })).toThrow(InvalidOptionError);
  });

  it('leaves no tensor behind', () =>
    expectNoLeak(async () => {
      const [first, second] = [tensor2d(mean), tensor2d(logVariance)];
      const moments = { mean: first, logVariance: second };
      const made = [value(moments), surrogate(moments), gaussianKL({ freeNats: 1 }).surrogate(moments)];
      for (const tensor of [first, second, ...made]) tensor.dispose();
      tidy(
        () => void gaussianKL({ freeNats: 1 }).value({ mean: tensor2d(mean), logVariance: tensor2d(mean) }),
      );
    }));
});
