import { expectNoLeak } from '@factornet/core/testing';
import { imagesTensor } from '@factornet/data';
import { setBackend } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { knownData, knownFactorization } from '../testing/known-factorization';
import { keepTasks, numberedBackwards, tinyData, tinyTeacher } from '../testing/tiny';
import { measureTeacher } from './measure-teacher';

beforeAll(() => setBackend('cpu'));

describe('measureTeacher', () => {
  it('is the share of right answers among labelled examples', async () => {
    const { teacher } = await knownFactorization();
    const data = knownData(400, (task, label, index) => {
      if (task === 'right') return index % 4 < 2 && index % 8 < 4 ? -1 : label;
      return index % 5 === 0 ? 1 - label : label;
    });
    // "right" is always "off": true for 100 of the 300 examples that keep their label.
    expect(await measureTeacher(teacher, data)).toEqual({ left: 0.8, right: 100 / 300 });
    teacher.dispose();
  });

  it('agrees with counting by hand, for tasks that the data labels', async () => {
    const data = keepTasks(tinyData(140), ['size', 'shape']);
    const { teacher } = await tinyTeacher(tinyData(1).tasks);
    const measured = await measureTeacher(teacher, data);
    const batch = await data.read(Array.from({ length: 140 }, (_, index) => index));
    const images = imagesTensor(batch, data.imageShape);
    const output = await teacher.evaluate(images);
    expect(Object.keys(measured).sort()).toEqual(['shape', 'size']);
    // Classes count by name, however the data numbers them.
    expect(await measureTeacher(teacher, numberedBackwards(data))).toEqual(measured);
    for (const task of ['shape', 'size']) {
      const rows = (await output.logits[task]?.array()) as number[][];
      const right = rows.filter(
        (row, index) => row.indexOf(Math.max(...row)) === batch.labels[task]?.[index],
      );
      expect(measured[task]).toBeCloseTo(right.length / 140, 10);
    }
    for (const tensor of [images, ...Object.values(output.logits), ...Object.values(output.features)])
      tensor.dispose();
    teacher.dispose();
  });

  it('stops on request', async () => {
    const { teacher } = await knownFactorization();
    const data = knownData(10, (_, label) => label);
    const measuring = measureTeacher(teacher, data, { signal: AbortSignal.abort() });
    await expect(measuring).rejects.toMatchObject({ code: 'cancelled' });
    teacher.dispose();
  });

  it('leaves no tensor behind', async () => {
    const { teacher } = await knownFactorization();
    await expectNoLeak(() =>
      measureTeacher(
        teacher,
        knownData(150, (_, label) => label),
      ),
    );
    teacher.dispose();
  });
});
