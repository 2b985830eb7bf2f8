import { cosineCritic, infoNCE } from '@factornet/mi';
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
    for (const [tap, xFeatures] of Object.entries(suiteRequest.tapFeatures)) {
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

  it('reaches the common network and nothing else', async () => {
    expect((await probeTerm(commonInformation())).reached).toEqual(['common']);
  });

  it('needs a common network in training and a teacher with taps', () => {
    const { needs, prepare } = commonInformation();
    expect(needs).toEqual(['trainable-common', 'teacher']);
    expect(() => prepare({ ...suiteRequest, tapFeatures: {} })).toThrow(/taps must be at least one/);
  });
});

describeObjectiveTerm('commonInformation', () => commonInformation());
