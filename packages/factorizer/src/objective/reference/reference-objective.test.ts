import { setBackend } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { describeObjectiveTerm } from '../../conformance/describe-objective-term';
import { suitePass, suiteRequest } from '../../conformance/suite-pass';
import { dot, probeTerm, sumOf } from '../../testing/term-probe';
import { referenceBottleneck } from './reference-bottleneck';
import { referenceCommonInformation } from './reference-common-information';
import { referenceInfoMaxBottleneck } from './reference-info-max-bottleneck';
import type { Projector } from './reference-projector';

beforeAll(() => setBackend('cpu'));

const unit = (row: readonly number[]) => row.map((value) => value / (Math.sqrt(dot(row, row)) + 1e-10));

/** The authors' loss, loop by loop. */
function infoMaxLoss(projected: number[][], common: number[][]): number {
  const batch = common.length;
  let joint = 0;
  let marginal = 0;
  for (const [i, row] of projected.entries()) {
    for (const [j, other] of common.entries()) {
      const cosine = dot(unit(row), unit(other));
      if (i === j) joint += cosine;
      marginal += i === j ? 1 : Math.exp(cosine);
    }
  }
  return Math.log(marginal / batch ** 2) - joint / batch ** 2;
}

describe('referenceCommonInformation', () => {
  /** Repeats a tap's features up to the length of z: nothing to train. */
  const repeating: Projector = {
    name: 'repeating',
    create: ({ inputs, outputs }) => ({
      apply: (features) =>
        features.tile([1, Math.ceil(outputs / inputs)]).slice([0, 0], [-1, outputs]) as typeof features,
      variables: [],
      dispose: () => {},
    }),
  };

  it('is the authors’ loss of projected taps and z, averaged over the taps, to be minimised', async () => {
    const term = referenceCommonInformation({ projector: repeating });
    expect(term).toMatchObject({ sense: 'minimise', weight: 1 });
    const { value, common } = await probeTerm(term);
    const pass = suitePass();
    const { teacherFeatures } = pass.compute();
    const losses: number[] = [];
    for (const features of Object.values(teacherFeatures)) {
      const rows = (await features.array()) as number[][];
      losses.push(
        infoMaxLoss(
          rows.map((row) => [...row, ...row].slice(0, suiteRequest.commonFeatures)),
          common,
        ),
      );
    }
    expect(value).toBeCloseTo(sumOf(losses) / losses.length, 5);
    pass.dispose();
  });

  it('needs a common network in training and a teacher with taps', () => {
    const { needs, prepare } = referenceCommonInformation();
    expect(needs).toEqual(['trainable-common', 'teacher']);
    expect(() => prepare({ ...suiteRequest, tapShapes: {} })).toThrow(/taps must be at least one/);
  });
});

describe('referenceBottleneck', () => {
  it('presses the moments of a batch of means to 0 and 1, averaged over features, summed over tasks', async () => {
    const { value, factors } = await probeTerm(referenceBottleneck());
    const losses = factors.map(({ mean: rows }) => {
      const perFeature = (rows[0] as number[]).map((_, d) => {
        const column = rows.map((row) => row[d] as number);
        const mean = sumOf(column) / column.length;
        const variance = sumOf(column.map((one) => (one - mean) ** 2)) / (column.length - 1);
        return (mean ** 2 + variance - 1 - Math.log(variance)) / 2;
      });
      return sumOf(perFeature) / perFeature.length;
    });
    expect(value).toBeCloseTo(sumOf(losses), 4);
  });

  it('reaches the means, and not the noise', async () => {
    expect((await probeTerm(referenceBottleneck())).reached).toEqual(['first/mean', 'second/mean']);
  });
});

it('referenceInfoMaxBottleneck is the authors’ objective with their weights for CIFAR-10', () => {
  expect(referenceInfoMaxBottleneck().map(({ name, weight, sense }) => [name, weight, sense])).toEqual([
    ['supervision', 1, 'minimise'],
    ['transfer', 0.1, 'minimise'],
    ['reference-common-information', 1, 'minimise'],
    ['task-information', 1, 'maximise'],
    ['reference-bottleneck', 1e-3, 'minimise'],
  ]);
  const [, , common, , last] = referenceInfoMaxBottleneck({ alpha: 0.5, beta: 0.2 });
  expect([common?.weight, last?.weight]).toEqual([0.5, 0.2]);
});

describeObjectiveTerm('referenceCommonInformation', () => referenceCommonInformation());
describeObjectiveTerm('referenceBottleneck', () => referenceBottleneck());
