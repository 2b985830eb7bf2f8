import { InvalidOptionError } from '@factornet/spec';
import { fill, type Scalar, setBackend, type Tensor2D, tidy, train, type Variable } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { describeObjectiveTerm } from '../conformance/describe-objective-term';
import { suiteRequest } from '../conformance/suite-pass';
import type { CodeDistribution } from '../networks/code-distribution';
import { probeTerm } from '../testing/term-probe';
import { bottleneck } from './bottleneck';
import type { FactorPass, ObjectiveTerm } from './objective-term';
import { rateTarget } from './rate-target';

beforeAll(() => setBackend('cpu'));

/**
 * One code of one dimension with variance 1 and mean μ for every picture, of which the rest of the objective wants
 * μ = 3: `½(μ − 3)² + β·½μ²`. Least at `μ = 3/(1 + β)`, where the rate is `½μ²`.
 */
async function descend(term: ObjectiveTerm, labelEntropy = Math.log(3), steps = 150) {
  const request = {
    ...suiteRequest,
    tasks: suiteRequest.tasks.slice(0, 1),
    labelEntropy: { first: labelEntropy },
  };
  const running = term.prepare(request);
  const mean = tidy(() => fill([1, 1], 0.5).variable()) as unknown as Variable;
  const logVariance = fill([1, 1], 0);
  const gaussian = { mean, logVariance } as unknown as CodeDistribution;
  const factors = [{ gaussian }] as unknown as FactorPass[];
  const pass = {
    progress: 0,
    common: logVariance as Tensor2D,
    teacherFeatures: {},
    maps: {},
    tasks: [],
    factors,
  };
  const optimizer = train.sgd(0.3);
  for (let step = 0; step < steps; step++) {
    const rest = () => mean.sub(3).square().sum().div(2);
    optimizer.minimize(() => tidy(() => rest().add(running.evaluate(pass)) as Scalar), false, [mean]);
  }
  const [mu] = await mean.data();
  const [logBeta] = (await running.state?.[0]?.data()) ?? [];
  for (const each of [mean, logVariance, optimizer, running]) each.dispose();
  return { rate: (mu as number) ** 2 / 2, beta: Math.exp(logBeta as number) };
}

describe('rateTarget', () => {
  it('finds the β at which the code tells what it is to tell, whatever β it starts from', async () => {
    for (const start of [0.02, 2]) {
      const { rate, beta } = await descend(rateTarget({ start, speed: 0.1 }));
      expect(rate).toBeCloseTo(Math.log(3), 2);
      expect(beta).toBeCloseTo(3 / Math.sqrt(2 * Math.log(3)) - 1, 2);
    }
    const { rate } = await descend(rateTarget({ rate: 0.5, speed: 0.1 }));
    expect(rate).toBeCloseTo(Math.log(3) / 2, 2);
  });

  it('lets a code go that cannot tell so much, and presses no harder than its limit', async () => {
    // Without any pressure the rate is 4.5 nats.
    expect((await descend(rateTarget({ speed: 1 }), 100, 60)).beta).toBeCloseTo(1e-4, 6);
    expect((await descend(rateTarget({ speed: 1 }), 1e-4, 60)).beta).toBeCloseTo(10, 3);
  });

  it('reports what the codes tell in nats, and reaches the encoders alone', async () => {
    const [target, fixed] = [await probeTerm(rateTarget()), await probeTerm(bottleneck())];
    expect(target.value).toBeCloseTo(fixed.value, 5);
    expect(target.reached).toEqual(fixed.reached);
  });

  it('has one multiplier per code, and remembers it with the moving average', () => {
    const running = rateTarget().prepare(suiteRequest);
    expect(running.state?.map(({ shape, trainable }) => [shape, trainable])).toEqual([
      [[2], false],
      [[2], false],
    ]);
    running.dispose();
  });

  it('refuses options that are no rates, and labels that have nothing to tell', () => {
    for (const options of [{ rate: 0 }, { start: -1 }, { speed: Number.NaN }]) {
      expect(() => rateTarget(options)).toThrow(InvalidOptionError);
    }
    const labelEntropy = { first: 0, second: 1 };
    expect(() => rateTarget().prepare({ ...suiteRequest, labelEntropy })).toThrow(/the task "first"/);
  });
});

describeObjectiveTerm('rateTarget', () => rateTarget());
