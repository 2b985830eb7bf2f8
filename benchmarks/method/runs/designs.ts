import { add } from '@factornet/core';
import { adamW } from '@factornet/core/training';
import type { Dataset } from '@factornet/data';
import {
  type Factorization,
  factorize,
  infoMaxBottleneck,
  type Teacher,
  trainableGaussian,
} from '@factornet/factorizer';
import type { TaskDescription } from '@factornet/spec';
import { convolutional } from '@factornet/zoo';
import { design } from '../design';
import type { RowName } from '../job';

export interface DesignRequest {
  readonly teacher: Teacher;
  readonly data: Dataset;
  readonly tasks?: readonly TaskDescription[];
  /** Pictures to fit temperatures of label spaces on. */
  readonly calibration?: Dataset;
  readonly seed: number;
  readonly learningRate: number;
  readonly epochs: number;
}

/** Of every row but the one that keeps its own. */
export const BATCH = 32;

/** What every row is trained by, at its own rate. */
export const optimizerAt = (learningRate: number) => adamW({ learningRate, weightDecay: 0.01 });

/** The new design, by the defaults of `factorize` but for sizes and its rate. */
export function trainDesign({ learningRate, ...request }: DesignRequest): Promise<Factorization> {
  return factorize({
    ...request,
    batchSize: BATCH,
    common: design.common(),
    specific: design.specific(),
    optimizer: optimizerAt(learningRate),
  });
}

/** The design that the project was first built with: all at once, `head(z + t)` of a Gaussian t whose mean ships. */
export function trainAsBuilt(
  { learningRate, ...request }: DesignRequest,
  batchSize: number,
): Promise<Factorization> {
  const shared = { kernelSize: [5, 3, 3], strides: 2, pooling: 'flatten' } as const;
  return factorize({
    ...request,
    stages: 'together',
    objective: infoMaxBottleneck(),
    code: trainableGaussian(),
    fusion: add(),
    common: convolutional({ ...shared, filters: [16, 32, 64], features: 16 }),
    specific: convolutional({ ...shared, filters: [8, 16, 32], features: 32 }),
    optimizer: optimizerAt(learningRate),
    batchSize,
  });
}

/** Factorizations among the rows. */
export const designs: Readonly<Partial<Record<RowName, (request: DesignRequest) => Promise<Factorization>>>> =
  {
    factorization: trainDesign,
    'as-built': (request) => trainAsBuilt(request, 64),
    'as-built-batch-32': (request) => trainAsBuilt(request, BATCH),
  };
