import { club, gaussianKL, infoNCE, leaveOneOut, vClub } from '@factornet/mi';
import { InvalidOptionError } from '@factornet/spec';
import {
  dispose,
  type Scalar,
  setBackend,
  type Tensor,
  tidy,
  type Variable,
  variableGrads,
} from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { describeObjectiveTerm } from '../conformance/describe-objective-term';
import { suitePass, suiteRequest } from '../conformance/suite-pass';
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

  it('lets a code alone that tells less than the floor, and presses on one that tells more', async () => {
    const labelEntropy = { first: 1e-3, second: 1e3 };
    for (const bound of [gaussianKL(), leaveOneOut()]) {
      const free = await probeTerm(bottleneck({ bound }), {}, { labelEntropy });
      const floored = await probeTerm(bottleneck({ bound, floor: 2 }), {}, { labelEntropy });
      expect(floored.value).toBeCloseTo(free.value, 5);
      expect(free.reached).toContain('second/mean');
      expect(floored.reached).toEqual(['first/mean', 'first/log-variance']);
    }
  });

  it('has the slope of the floored bound, by finite differences', async () => {
    const term = bottleneck({ floor: 1 });
    for (const [entropy, pressed] of [
      [100, false],
      [0.01, true],
    ] as const) {
      const running = term.prepare({ ...suiteRequest, labelEntropy: { first: entropy, second: entropy } });
      const pass = suitePass();
      const leaf = pass.leaves['first/mean'] as Variable;
      const nats = async () => {
        const value = tidy(() => running.evaluate(pass.compute()).maximum(2 * entropy));
        const [number] = await value.data();
        value.dispose();
        return number as number;
      };
      const { value, grads } = variableGrads(
        () => tidy(() => running.evaluate(pass.compute()) as Scalar),
        [leaf],
      );
      const slopes = await (grads[leaf.name] as Tensor).array();
      const [step, before] = [1e-2, await nats()];
      leaf.assign(tidy(() => leaf.add(step)));
      const summed = (slopes as number[][]).flat().reduce((sum, slope) => sum + slope, 0);
      // Of the whole leaf moved; a parabola's own share of the difference is step²/2 per dimension.
      const curvature = (step * (leaf.shape[1] as number)) / 2;
      const difference = ((await nats()) - before) / step;
      if (pressed) expect(summed).toBeCloseTo(difference - curvature, 2);
      else expect([summed, difference]).toEqual([0, 0]);
      expect(summed !== 0).toBe(pressed);
      dispose([value, grads] as unknown as Tensor[]);
      running.dispose();
      pass.dispose();
    }
  });

  it('refuses a floor below 0', () => {
    expect(() => bottleneck({ floor: -1 })).toThrow(InvalidOptionError);
    expect(() => bottleneck({ floor: Number.NaN })).toThrow(/^floor must be/);
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
    expect(bottleneck({ bound: vClub(), acceptNoBound: true }).settings).toEqual({
      bound: 'vClub',
      floor: 0,
    });
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
    expect(bottleneck().needs).toEqual(['gaussian-codes']);
  });
});

describeObjectiveTerm('bottleneck', () => bottleneck());
describeObjectiveTerm('bottleneck by leave-one-out', () => bottleneck({ bound: leaveOneOut() }));
describeObjectiveTerm('bottleneck by CLUB', () => bottleneck({ bound: club() }));
describeObjectiveTerm('bottleneck with a floor', () => bottleneck({ floor: 0.1 }));
