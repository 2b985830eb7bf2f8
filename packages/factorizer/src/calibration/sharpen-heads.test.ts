import { disposeBrick, type FactorNetwork } from '@factornet/core';
import { expectCloseArrays, expectNoLeak } from '@factornet/core/testing';
import { readLabels } from '@factornet/data';
import { setBackend } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { trainableClassification } from '../kinds/classification/trainable-classification';
import { frozenCommonPart } from '../networks/common-part';
import type { FactorPart } from '../networks/factor-part';
import { cacheTeacher } from '../teacher/teacher-cache';
import { spaceData, spaceNetworks, spaceTeacher } from '../testing/known-space';
import { sharpenHeads } from './sharpen-heads';

beforeAll(() => setBackend('cpu'));

const data = spaceData(300, 1);

/** Factors of which the first is half as sure as a teacher of this temperature, the second twice as sure. */
async function sharpen(temperature: number, change: { signal?: AbortSignal } = {}): Promise<number[][]> {
  const teacher = await spaceTeacher(temperature);
  const { common, factors } = spaceNetworks([2, 0.5]);
  const lookUp = await cacheTeacher(teacher, data, { readings: [] });
  const parts = factors.map(
    (factor) =>
      ({
        ...factor,
        task: factor.description.task,
        kind: trainableClassification(),
      }) as unknown as FactorPart,
  );
  const { input } = common.description;
  const request = { teacher, lookUp, data, labels: await readLabels(data), input, seed: 1, ...change };
  try {
    await expectNoLeak(() => sharpenHeads({ ...request, common: frozenCommonPart(common), factors: parts }));
    return await Promise.all(factors.map(slopesOf));
  } finally {
    teacher.dispose();
    for (const brick of [common, ...factors]) disposeBrick(brick);
  }
}

/** The largest weight of each class. */
async function slopesOf({ head }: FactorNetwork): Promise<number[]> {
  const [kernel] = head.getWeights();
  const rows = (await kernel?.array()) as number[][];
  return [0, 1].map((column) => Math.max(...rows.map((row) => row[column] as number)));
}

describe('sharpenHeads', () => {
  it('makes a head as sure as the teacher that is less so, and leaves one that is surer', async () => {
    const [early, late] = await sharpen(1);
    // The teacher's slope is 10, the heads' are 5 and 20.
    expectCloseArrays(early as number[], [10, 10], { absolute: 0.3 });
    expect(late).toEqual([20, 20]);
    // Less sure than all, it changes none.
    expect(await sharpen(4)).toEqual([
      [5, 5],
      [20, 20],
    ]);
  });

  it('stops on request', async () => {
    await expect(sharpen(1, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'cancelled' });
  });
});
