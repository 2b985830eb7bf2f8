import { disposeBrick, type FactorNetwork } from '@factornet/core';
import { dispose, layers, sequential, setBackend, tensor1d, zeros } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { trainableTaskKinds } from '../kinds/trainable-task-kinds';
import { type FrozenCommon, frozenCommonPart } from '../networks/common-part';
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
    const request = { common: frozenCommonPart(common), kinds: trainableTaskKinds, data, seed: 1 };
    const [finding, ...others] = await diagnoseFactors({ ...request, factors: [blind] });
    expect(finding?.code).toBe('ignored-code');
    expect(finding?.message).toContain('0.0000 ± 0.0000 in agreement with its own answers, of 400 pictures');
    expect(others).toEqual([]);
    expect(await diagnoseFactors({ ...request, factors: [factors.right] })).toEqual([]);
    expect(await diagnoseFactors({ ...request, factors: [] })).toEqual([]);
    // Of some of them, it asks the common network about those and no others.
    const seen: number[][] = [];
    const offer: FrozenCommon['offer'] = (examples) => {
      const pixels = Array.from(examples.picture?.dataSync() ?? []);
      seen.push(...[...examples.indices].map((index, row) => [index, ...pixels.slice(2 * row, 2 * row + 2)]));
      return request.common.offer(examples);
    };
    const asked = { ...request, common: { ...request.common, offer }, examples: 100 };
    await diagnoseFactors({ ...asked, factors: [factors.right] });
    expect(new Set(seen.map(([index]) => index)).size).toBe(100);
    expect(seen).toEqual(seen.map(([index = 0]) => [index, index & 1, (index >> 1) & 1]));
    head.dispose();
    teacher.dispose();
    for (const brick of [common, factors.left, factors.right]) disposeBrick(brick);
  });
});
