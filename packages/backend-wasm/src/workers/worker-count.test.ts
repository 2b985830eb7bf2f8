import { availableParallelism } from 'node:os';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import '../index';
import { resolveWorkers } from './worker-count';

beforeAll(async () => {
  await tf.setBackend('wasm');
});

describe('resolveWorkers', () => {
  it('takes a number as it is, and auto for all cores, one example each at least', () => {
    expect(resolveWorkers(3, 2)).toBe(3);
    expect(resolveWorkers('auto')).toBe(availableParallelism());
    expect(resolveWorkers('auto', 1)).toBe(1);
  });
});
