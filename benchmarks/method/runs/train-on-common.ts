import { type CommonNetwork, codeOnly, disposeBrick } from '@factornet/core';
import type { Dataset } from '@factornet/data';
import { trainableDeterministic, trainFactor } from '@factornet/factorizer';
import type { ClassificationTask } from '@factornet/spec';
import { convolutional } from '@factornet/zoo';
import { optimizerAt } from './designs';
import { measureFactors } from './measure-factors';
import type { Budget } from './new-factor-budget';

export interface OnCommonRequest {
  readonly common: CommonNetwork;
  readonly task: ClassificationTask;
  readonly data: Dataset;
  readonly test: Dataset;
  readonly seed: number;
  readonly learningRate: number;
  readonly budget: Budget;
}

/** Of what is read, and of the features of each branch, so that the code relies on neither alone. */
const dropout = { inputDropout: 0.3, featuresDropout: 0.3 };
const layers = { strides: 2, pooling: 'flatten', features: 32, ...dropout } as const;

/**
 * Accuracy on `test` of a new factor by the recipe for few labels: it reads the picture and a map of the common network, and
 * drops either now and then; its code is deterministic, and its head sees that alone, and is linear.
 */
export async function trainOnCommon({ common, task, test, ...request }: OnCommonRequest): Promise<number> {
  const { data, seed, learningRate, budget } = request;
  const { factor } = await trainFactor({
    common,
    task,
    data,
    specific: {
      picture: convolutional({ ...layers, filters: [8, 16, 32], kernelSize: [5, 3, 3] }),
      'block-2': convolutional({ ...layers, filters: [24] }),
    },
    code: trainableDeterministic({ length: 8 }),
    fusion: codeOnly(),
    hidden: [],
    ...budget,
    seed,
    optimizer: optimizerAt(learningRate),
  });
  try {
    const scores = await measureFactors(common, { [task.name]: factor }, test);
    return scores[task.name] as number;
  } finally {
    disposeBrick(factor);
  }
}
