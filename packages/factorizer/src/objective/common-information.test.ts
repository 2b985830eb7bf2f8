import {
  club,
  cosineCritic,
  infoNCE,
  jensenShannon,
  learnedBaseline,
  mine,
  separableCritic,
  smile,
  tuba,
} from '@factornet/mi';
import { InvalidOptionError } from '@factornet/spec';
import { setBackend, tidy } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { describeObjectiveTerm } from '../conformance/describe-objective-term';
import { suitePass, suiteRequest } from '../conformance/suite-pass';
import { logSoftmaxOf, probeTerm, sumOf } from '../testing/term-probe';
import { commonInformation } from './common-information';

beforeAll(() => setBackend('cpu'));

/** InfoNCE over both axes, with plain numbers. */
function infoNCEOf(scores: readonly (readonly number[])[]): number {
  const columns = scores.map((_, k) => scores.map((row) => row[k] as number));
  const joint = (rows: readonly (readonly number[])[]) =>
    sumOf(rows.map((row, index) => logSoftmaxOf(row)[index] as number)) / rows.length;
  return Math.log(scores.length) + (joint(scores) + joint(columns)) / 2;
}

describe('commonInformation', () => {
  it('averages the bound over the taps, with one critic each', async () => {
    const { value } = await probeTerm(commonInformation());
    const pass = suitePass();
    const { teacherFeatures, common } = pass.compute();
    const single: number[] = [];
    for (const [tap, [xFeatures = 0]] of Object.entries(suiteRequest.tapShapes)) {
      const critic = cosineCritic().create({ xFeatures, yFeatures: 4, seed: 1, name: `critic/${tap}` });
      const features = teacherFeatures[tap] as typeof common;
      const scores = tidy(() => critic.scores(features, common));
      single.push(infoNCEOf((await scores.array()) as number[][]));
      scores.dispose();
      critic.dispose();
    }
    expect(value).toBeCloseTo(((single[0] as number) + (single[1] as number)) / 2, 4);
    pass.dispose();
  });

  it('leaves the weight of a step to whoever adds the terms up', async () => {
    const [one, ten] = await Promise.all([1, 10].map((weight) => probeTerm(commonInformation({ weight }))));
    expect(ten?.value).toBe(one?.value);
  });

  it('takes another bound', async () => {
    const rows = await probeTerm(commonInformation({ bound: infoNCE({ axis: 'y' }) }));
    expect(rows.value).not.toBe((await probeTerm(commonInformation())).value);
    expect(rows.value).toBeLessThanOrEqual(Math.log(5));
  });

  it('reports a bound’s value, whatever it trains on', async () => {
    // −2 log 2 at the least: the objective that jensenShannon() trains on is no information.
    const critic = separableCritic({ hidden: [], embedding: 4 });
    const bound = jensenShannon({ reading: 'donskerVaradhan' });
    const { value, reached } = await probeTerm(commonInformation({ bound, critic }));
    const pass = suitePass();
    const { teacherFeatures, common } = pass.compute();
    const values: number[] = [];
    for (const [tap, [xFeatures = 0]] of Object.entries(suiteRequest.tapShapes)) {
      const network = critic.create({ xFeatures, yFeatures: 4, seed: 1, name: `critic/${tap}` });
      const scores = tidy(() => network.scores(teacherFeatures[tap] as typeof common, common));
      const rows = (await scores.array()) as number[][];
      const joint = sumOf(rows.map((row, i) => row[i] as number)) / rows.length;
      const others = rows.flatMap((row, i) => row.filter((_, j) => j !== i).map(Math.exp));
      values.push(joint - Math.log(sumOf(others) / others.length));
      scores.dispose();
      network.dispose();
    }
    expect(value).toBeCloseTo(sumOf(values) / 2, 4);
    expect(reached).toEqual(['common']);
    pass.dispose();
  });

  it('trains a baseline with the critic, one per tap', () => {
    const variables = (bound: ReturnType<typeof tuba>) => {
      const prepared = commonInformation({ bound }).prepare(suiteRequest);
      const count = prepared.variables.length;
      prepared.dispose();
      return count;
    };
    const baseline = learnedBaseline({ hidden: [3] });
    const own = baseline.create({ yFeatures: 4, seed: 1, name: 'own' });
    expect(variables(tuba({ baseline })) - variables(tuba())).toBe(2 * own.variables.length);
    own.dispose();
  });

  it('keeps a moving average per tap as state, apart from what is trained', () => {
    const prepared = commonInformation({ bound: mine() }).prepare(suiteRequest);
    expect(prepared.state?.length).toBeGreaterThanOrEqual(2);
    for (const one of prepared.state ?? []) expect(prepared.variables).not.toContain(one);
    prepared.dispose();
  });

  it('refuses upper bounds, and what bounds neither side unless asked for', () => {
    expect(() => commonInformation({ bound: club() })).toThrow(InvalidOptionError);
    expect(() => commonInformation({ bound: club() })).toThrow(/a lower bound, since the term/);
    expect(() => commonInformation({ bound: smile() })).toThrow(/neither side/);
    const { settings } = commonInformation({ bound: smile(), acceptNoBound: true });
    expect(settings).toEqual({ bound: 'smile', critic: 'cosine' });
  });

  it('refuses a bound whose scores have to be log-likelihoods', () => {
    const bound = { ...infoNCE(), requires: 'log-likelihoods' } as const;
    expect(() => commonInformation({ bound })).toThrow(/infoNCE, on log-likelihoods/);
  });

  it('reaches the common network and nothing else', async () => {
    expect((await probeTerm(commonInformation())).reached).toEqual(['common']);
  });

  it('needs a common network in training and a teacher with taps', () => {
    const { needs, prepare } = commonInformation();
    expect(needs).toEqual(['trainable-common', 'teacher']);
    expect(() => prepare({ ...suiteRequest, tapShapes: {} })).toThrow(/taps must be at least one/);
  });
});

describeObjectiveTerm('commonInformation', () => commonInformation());
describeObjectiveTerm('commonInformation by mine', () => commonInformation({ bound: mine() }));
describeObjectiveTerm('commonInformation by tuba', () =>
  commonInformation({ bound: tuba({ baseline: learnedBaseline({ hidden: [3] }) }) }),
);
