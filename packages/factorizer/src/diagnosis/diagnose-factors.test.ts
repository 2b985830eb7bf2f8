import { disposeBrick, type FactorNetwork } from '@factornet/core';
import { dispose, layers, sequential, setBackend, tensor1d, zeros } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { trainableTaskKinds } from '../kinds/trainable-task-kinds';
import { knownData, knownFactorization } from '../testing/known-factorization';
import { diagnoseFactors } from './diagnose-factors';

beforeAll(() => setBackend('cpu'));

describe('diagnoseFactors', () => {
  it('finds by agreement with its own answers that a head ignores t, where nothing labels the task', async () => {
    const { teacher, common, factors } = await knownFactorization();
    const head = sequential({ layers: [layers.dense({ units: 2, inputShape: [2] })] });
    const weights = [zeros([2, 2]), tensor1d([1, 0])];
    head.setWeights(weights);
    dispose(weights);
    const blind: FactorNetwork = { ...factors.right, head };
    const data = { ...knownData(400, (_, label) => label), tasks: [] };
    const request = { common, kinds: trainableTaskKinds, data, seed: 1 };
    const [finding, ...others] = await diagnoseFactors({ ...request, factors: [blind] });
    expect(finding?.code).toBe('ignored-code');
    expect(finding?.message).toContain('0.0000 ± 0.0000 in agreement with its own answers, of 400 pictures');
    expect(others).toEqual([]);
    expect(await diagnoseFactors({ ...request, factors: [factors.right] })).toEqual([]);
    expect(await diagnoseFactors({ ...request, factors: [] })).toEqual([]);
    head.dispose();
    teacher.dispose();
    for (const brick of [common, factors.left, factors.right]) disposeBrick(brick);
  });
});
