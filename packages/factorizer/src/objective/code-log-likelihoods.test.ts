import { expectNoLeak } from '@factornet/core/testing';
import { setBackend, tensor2d } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { codeLogLikelihoods } from './code-log-likelihoods';

beforeAll(() => setBackend('cpu'));

const mean = [
  [0.5, -1],
  [2, 0],
  [0, 0],
];
const logVariance = [
  [0, -10],
  [1, -2],
  [-0.5, 0],
];
const sample = [
  [0.4, -1.002],
  [1, 0.3],
  [0, 4],
];

async function scores() {
  const batch = { mean: tensor2d(mean), logVariance: tensor2d(logVariance), sample: tensor2d(sample) };
  const result = codeLogLikelihoods(batch);
  const rows = await result.array();
  for (const tensor of [...Object.values(batch), result]) tensor.dispose();
  return rows;
}

describe('codeLogLikelihoods', () => {
  it('has in row i and column j the density of the Gaussian of x_i at t_j', async () => {
    const rows = await scores();
    for (const [i, row] of rows.entries()) {
      for (const [j, score] of row.entries()) {
        const expected = [0, 1].reduce((sum, d) => {
          const variance = Math.exp(logVariance[i]?.[d] as number);
          const distance = (sample[j]?.[d] as number) - (mean[i]?.[d] as number);
          return sum - 0.5 * (Math.log(2 * Math.PI * variance) + distance ** 2 / variance);
        }, 0);
        expect(Math.abs(score - expected)).toBeLessThan(1e-5 * Math.abs(expected) + 1e-4);
      }
    }
  });

  it('leaves no tensor behind', () => expectNoLeak(scores));
});
