import { expectTypeOf } from 'vitest';
import type { Dataset } from '../dataset';
import { splitDataset } from './split-dataset';

declare const dataset: Dataset;

const parts = splitDataset(dataset, { train: 0.8, test: 0.2 }, 1);
expectTypeOf(parts).toEqualTypeOf<Record<'train' | 'test', Dataset>>();
// @ts-expect-error: there is no such part
parts.validation;
