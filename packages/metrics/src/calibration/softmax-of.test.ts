import { featureMatrix } from '@factornet/core/samples';
import { expectCloseArrays } from '@factornet/core/testing';
import { expect, it } from 'vitest';
import { softmaxOf } from './softmax-of';

it('is proportional to e^(logit / T), row by row, however large', () => {
  const logits = featureMatrix([
    [0, Math.log(9)],
    [1000, 1000 + Math.log(4)],
  ]);
  expectCloseArrays(softmaxOf(logits).data, [0.1, 0.9, 0.2, 0.8], { absolute: 1e-12 });
  expectCloseArrays(softmaxOf(logits, 2).data, [0.25, 0.75, 1 / 3, 2 / 3], { absolute: 1e-12 });
  expect(() => softmaxOf(featureMatrix([[Number.POSITIVE_INFINITY]]))).toThrow(/logits/);
});
