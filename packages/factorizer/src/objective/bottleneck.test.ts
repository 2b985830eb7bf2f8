import { club, gaussianKL, infoNCE, leaveOneOut, vClub } from '@factornet/mi';
import { InvalidOptionError } from '@factornet/spec';
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

  it('takes free nats: what is reported stays the bound, what presses stops', async () => {
    const free = (freeNats: number) => probeTerm(bottleneck({ bound: gaussianKL({ freeNats }) }));
    const { value } = await probeTerm(bottleneck());
    const [some, all] = [await free(0.5), await free(100)];
    expect(some.value).toBeCloseTo(value, 5);
    expect(some.reached).toContain('first/mean');
    expect(all.value).toBeCloseTo(value, 5);
    expect(all.reached).toEqual([]);
  });

  it('takes a bound on log-likelihoods, of the true conditional: leave-one-out', async () => {
    const { value, factors, reached } = await probeTerm(bottleneck({ bound: leaveOneOut() }));
    const expected = factors.map(({ mean, logVariance, sample }) => {
      const logDensity = (i: number, j: number) =>
        sumOf(
          (sample[j] as number[]).map((value, d) => {
            const log = logVariance[i]?.[d] as number;
            const distance = value - (mean[i]?.[d] as number);
            return -0.5 * (Math.log(2 * Math.PI) + log + distance ** 2 / Math.exp(log));
          }),
        );
      const all = sample.map((_, j) => {
        const others = sample.flatMap((_, i) => (i === j ? [] : [Math.exp(logDensity(i, j))]));
        return logDensity(j, j) - Math.log(sumOf(others) / others.length);
      });
      return sumOf(all) / all.length;
    });
    expect(value).toBeCloseTo(sumOf(expected), 3);
    expect(reached).toEqual(['first/mean', 'first/log-variance', 'second/mean', 'second/log-variance']);
  });

  it('refuses what bounds from below, and what bounds nothing unless asked for', () => {
    expect(() => bottleneck({ bound: infoNCE() })).toThrow(InvalidOptionError);
    expect(() => bottleneck({ bound: infoNCE() })).toThrow(/an upper bound, since the term "bottleneck"/);
    expect(() => bottleneck({ bound: vClub() })).toThrow(/acceptNoBound/);
    expect(bottleneck({ bound: vClub(), acceptNoBound: true }).settings).toEqual({ bound: 'vClub' });
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
describeObjectiveTerm('bottleneck by leave-one-out', () => bottleneck({ bound: leaveOneOut() }));
describeObjectiveTerm('bottleneck by CLUB', () => bottleneck({ bound: club() }));
