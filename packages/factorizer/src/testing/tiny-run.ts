import type { FactorNetwork } from '@factornet/core';
import type { LayersModel } from '@tensorflow/tfjs';
import type { Factorization } from '../factorize/factorization';
import type { FactorizeOptions } from '../factorize/factorize-options';
import type { Teacher } from '../teacher/teacher';
import { keepTasks, tinyCommon, tinyData, tinySpecific } from './tiny';

export const tinyTasks = ['shape', 'object-hue'] as const;

/** Two tasks of 48 pictures, three steps an epoch. */
export const tinyRunData = () => keepTasks(tinyData(), tinyTasks);

/** Options of a factorization that takes a fraction of a second: all at once, of Gaussian codes. */
export function tinyRun(teacher: Teacher): FactorizeOptions<Teacher['tasks']> {
  return {
    teacher,
    stages: 'together',
    data: tinyRunData(),
    common: tinyCommon(),
    specific: tinySpecific(),
    epochs: 2,
    batchSize: 16,
  };
}

export function networksOf({ common, factors }: Factorization): LayersModel[] {
  return [common.network, ...Object.values(factors).flatMap(factorNetworks)];
}

export function factorNetworks({ specific, head }: FactorNetwork): LayersModel[] {
  return [specific, head];
}
