import { gaussianKL } from '@factornet/mi';
import { setBackend } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { describeObjectiveTerm } from '../conformance/describe-objective-term';
import { type PlainFactor, probeTerm, sumOf } from '../testing/term-probe';
import { bottleneck } from './bottleneck';

beforeAll(() => setBackend('cpu'));

/** `½(μ² + σ² − 1 − log σ²)` per example and dimension. */
function divergences({ mean, logVariance }: PlainFactor): number[][] {
  return mean.map((row, index) =>
    row.map((value, dimension) => {
      const log = logVariance[index]?.[dimension] as number;
      return (value ** 2 + Math.exp(log) - 1 - log) / 2;
    }),
  );
}

describe('bottleneck', () => {
  it('is the divergence from the prior, averaged over examples and summed over dimensions and tasks', async () => {
    const { value, factors } = await probeTerm(bottleneck());
    const expected = factors.map((factor) => sumOf(divergences(factor).flat()) / factor.mean.length);
    expect(value).toBeCloseTo(sumOf(expected), 4);
  });

  it('takes another bound: free nats keep each dimension from being pressed to 0', async () => {
    const { value, factors } = await probeTerm(bottleneck({ bound: gaussianKL({ freeNats: 1 }) }));
    const expected = factors.map((factor) => {
      const rows = divergences(factor);
      const means = (rows[0] as number[]).map(
        (_, d) => sumOf(rows.map((row) => row[d] as number)) / rows.length,
      );
      return sumOf(means.map((nats) => Math.max(1, nats)));
    });
    expect(value).toBeCloseTo(sumOf(expected), 4);
  });

  it('reaches the encoders, but neither the common network nor a head', async () => {
    const { reached } = await probeTerm(bottleneck());
    expect(reached).toEqual(['first/mean', 'first/log-variance', 'second/mean', 'second/log-variance']);
  });

  it('is there without labels and without a teacher', async () => {
    const none = new Array(5).fill(-1);
    expect((await probeTerm(bottleneck(), { labels: [none, none] })).value).toBe(
      (await probeTerm(bottleneck())).value,
    );
    expect(bottleneck().needs).toEqual([]);
  });
});

describeObjectiveTerm('bottleneck', () => bottleneck());
