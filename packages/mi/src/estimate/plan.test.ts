import { InvalidOptionError } from '@factornet/spec';
import { describe, expect, it } from 'vitest';
import { infoNCE } from '../bounds/info-nce';
import { makePlan } from './plan';

const estimator = infoNCE();

describe('makePlan', () => {
  it('divides 60, 15 and 25 %, and gives all rows to the test where nothing is trained', () => {
    expect(makePlan(1000, true, { estimator })).toMatchObject({ training: 600, validation: 150, test: 250 });
    expect(makePlan(1000, false, { estimator })).toMatchObject({ training: 0, validation: 0, test: 1000 });
  });

  it('has four batches of test rows at least, however few there are', () => {
    for (const rows of [40, 100, 1000, 5000]) {
      const { test, batchSize, evaluationBatchSize, validation, training } = makePlan(rows, true, {
        estimator,
      });
      expect(Math.floor(test / evaluationBatchSize)).toBeGreaterThanOrEqual(4);
      expect(evaluationBatchSize).toBeLessThanOrEqual(validation);
      expect(batchSize).toBeLessThanOrEqual(training);
    }
  });

  it.each([
    ['too few rows', 12, {}],
    ['steps', 1000, { steps: 0 }],
    ['patience', 1000, { patience: 1.5 }],
    ['learningRate', 1000, { learningRate: Number.NaN }],
    ['batchSize beyond the training rows', 1000, { batchSize: 601 }],
    ['batchSize of one pair', 1000, { batchSize: 1 }],
    ['evaluationBatchSize beyond half of the test rows', 1000, { evaluationBatchSize: 126 }],
    ['no rows left to train on', 1000, { validationShare: 0.5, testShare: 0.5 }],
    ['a negative share', 1000, { testShare: -0.1 }],
  ])('refuses %s', (_, rows, options) => {
    expect(() => makePlan(rows, true, { estimator, ...options })).toThrow(InvalidOptionError);
  });
});
