import { featureMatrix } from '@factornet/core/samples';
import { expectCloseArrays } from '@factornet/core/testing';
import { randomStream } from '@factornet/core/training';
import { describe, expect, it } from 'vitest';
import { learnTransform } from './transform';

describe('learnTransform', () => {
  it("'rank-normal' gives the normal scores of ranks, ties the mean of theirs", () => {
    const { data } = learnTransform(
      'rank-normal',
      featureMatrix([5, 100, -3, 5]),
    )(featureMatrix([-3, 5, 100]));
    // Φ⁻¹(1/5), Φ⁻¹(2.5/5), Φ⁻¹(4/5)
    expectCloseArrays(data, [-0.8416212335729143, 0, 0.8416212335729143], { absolute: 1e-9 });
  });

  it("'rank-normal' keeps apart and in order what was not seen in training, and stays small", () => {
    const apply = learnTransform('rank-normal', featureMatrix(randomStream(1, 'train').normals(50)));
    const increasing = [-1e6, -9, -1, -0.2, 0, 0.1, 2, 5, 1e6];
    const { data } = apply(featureMatrix(increasing));
    for (let index = 1; index < data.length; index++) {
      expect(data[index]).toBeGreaterThan(data[index - 1] as number);
    }
    expect(Math.max(...data.map(Math.abs))).toBeLessThan(20);
  });

  it("'rank-normal' undoes any increasing map of a column", () => {
    const values = randomStream(2, 'values').normals(100);
    const plain = learnTransform('rank-normal', featureMatrix(values))(featureMatrix(values));
    const bent = featureMatrix(values.map((value) => Math.exp(3 * value)));
    expectCloseArrays(learnTransform('rank-normal', bent)(bent).data, [...plain.data], { absolute: 1e-6 });
  });

  it("'standardise' gives mean 0 and variance 1, and leaves out columns without variation", () => {
    const training = featureMatrix([
      [1, 7],
      [3, 7],
    ]);
    const { columns, data } = learnTransform('standardise', training)(training);
    expect(columns).toBe(1);
    expectCloseArrays(data, [-1, 1]);
  });

  it("'none' gives the samples as they are", () => {
    const samples = featureMatrix([1, 2]);
    expect(learnTransform('none', samples)(samples)).toBe(samples);
  });
});
