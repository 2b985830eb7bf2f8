import { disposeBrick } from '@factornet/core';
import { expectNoLeak } from '@factornet/core/testing';
import { setBackend } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { trainableTaskKinds } from '../kinds/trainable-task-kinds';
import { spaceData, spaceNetworks, spaceTasks, spaceTeacher } from '../testing/known-space';
import { numberedBackwards } from '../testing/tiny';
import { fitJointTemperatures, type JointTemperatureRequest } from './fit-joint-temperatures';
import { withTemperatures } from './with-temperatures';

beforeAll(() => setBackend('cpu'));

async function fitted(
  data: JointTemperatureRequest['data'],
  {
    scales = [2, 0.5],
    taught = 1,
    ...change
  }: Partial<JointTemperatureRequest> & { scales?: number[]; taught?: number } = {},
): Promise<Map<string, number>> {
  const teacher = await spaceTeacher(taught);
  const { common, factors } = spaceNetworks(scales);
  const request = { teacher, common, factors, kinds: trainableTaskKinds, data, seed: 1, ...change };
  try {
    return await fitJointTemperatures(request);
  } finally {
    teacher.dispose();
    for (const brick of [common, ...factors]) disposeBrick(brick);
  }
}

describe('fitJointTemperatures', () => {
  it.each([0.5, 2.5])(
    'finds the temperature that labels were drawn at, whatever the scales: %d',
    async (expected) => {
      const data = spaceData(1500, expected);
      const found = (await fitted(data)).get('letters') as number;
      expect(Math.abs(Math.log(found / expected))).toBeLessThan(0.1);
      expect((await fitted(data, { scales: [1, 4] })).get('letters')).toBeCloseTo(found, 4);
      // Classes count by name.
      expect((await fitted(numberedBackwards(data))).get('letters')).toBeCloseTo(found, 6);
    },
  );

  it("takes the teacher's probabilities where there is no label: then it is the teacher's temperature", async () => {
    const found = await fitted(spaceData(400), { taught: 1.8 });
    // But for the prior, which weighs as much as a picture.
    expect(found.get('letters')).toBeCloseTo(1.8, 1);
    expect(found.get('letters')).not.toBeCloseTo(1, 1);
    // The same of pictures whose labels the networks know by heart.
    const learned = await fitted(spaceData(400, 0.3), { taught: 1.8, trainedOn: true });
    expect(learned.get('letters')).toBeCloseTo(found.get('letters') as number, 6);
  });

  it('chooses so many pictures by the seed', async () => {
    const data = spaceData(300, 2);
    const [one, again, other] = [
      await fitted(data, { examples: 60 }),
      await fitted(data, { examples: 60 }),
      await fitted(data, { examples: 60, seed: 2 }),
    ];
    expect(one).toEqual(again);
    expect(one).not.toEqual(other);
    expect(await fitted(data, { examples: 300 })).toEqual(await fitted(data, { examples: 300, seed: 2 }));
  });

  it('fits none of a factor alone, without a scale, with a class of another, or where no picture is labelled', async () => {
    const data = spaceData(40, 2);
    const { common, factors } = spaceNetworks();
    const [early, late] = factors as [(typeof factors)[number], (typeof factors)[number]];
    expect((await fitted(data, { common, factors: [early] })).size).toBe(0);
    const { logitScale: _, ...unscaled } = late.description;
    expect((await fitted(data, { common, factors: [early, { ...late, description: unscaled }] })).size).toBe(
      0,
    );
    const twin = {
      ...early.description,
      task: { ...spaceTasks[0], name: 'twin' },
    } as typeof early.description;
    expect(
      (await fitted(data, { common, factors: [early, late, { ...early, description: twin }] })).size,
    ).toBe(0);
    const none = {
      ...data,
      read: async (indices: ArrayLike<number>) => {
        const batch = await data.read(indices);
        const missing = new Int32Array(batch.size).fill(-1);
        return { ...batch, labels: { early: missing, late: missing } };
      },
    };
    expect((await fitted(none)).size).toBe(0);
  });

  it('stops on request, reports its pass and leaves no tensor behind', async () => {
    const data = spaceData(150, 2);
    await expect(fitted(data, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'cancelled' });
    const stages: unknown[] = [];
    await fitted(data, { onProgress: (event) => stages.push(event.stage) });
    expect(new Set(stages)).toEqual(new Set(['calibration']));
    const teacher = await spaceTeacher(1);
    const { common, factors } = spaceNetworks();
    const request = { teacher, common, factors, kinds: trainableTaskKinds, seed: 1 };
    for (const pictures of [data, spaceData(150)])
      await expectNoLeak(() => fitJointTemperatures({ ...request, data: pictures }));
  });
});

describe('withTemperatures', () => {
  it('states it in the description of every factor that takes part, and changes nothing else', async () => {
    const teacher = await spaceTeacher(1);
    const { common, factors } = spaceNetworks();
    const made = {
      common,
      factors: Object.fromEntries(factors.map((factor) => [factor.description.task.name, factor])),
      history: [],
      findings: [],
      informationPerDimension: {},
    };
    const data = spaceData(200, 2);
    const after = await withTemperatures(made, { teacher, data, kinds: trainableTaskKinds, seed: 1 });
    const temperature = (await fitted(data)).get('letters');
    for (const [task, factor] of Object.entries(after.factors)) {
      const before = made.factors[task] as typeof factor;
      expect(factor).toEqual({ ...before, description: { ...before.description, temperature } });
      expect(factor.head).toBe(before.head);
    }
    expect({ ...after, factors: {} }).toEqual({ ...made, factors: {} });
    teacher.dispose();
  });
});
