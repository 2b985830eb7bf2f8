import { useBackend } from '@factornet/core';
import { expectCloseArrays, expectNoLeak } from '@factornet/core/testing';
import { imagesTensor } from '@factornet/data';
import { CancelledError } from '@factornet/spec';
import { dispose } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { averageTo } from '../objective/average-to';
import { averagePositions } from '../objective/tap-reading';
import { tinyData, tinyTeacher } from '../testing/tiny';
import { askTeacher } from './ask-teacher';
import { measureReadings } from './reading-moments';
import type { Teacher } from './teacher';
import { cacheTeacher } from './teacher-cache';

beforeAll(() => useBackend('wasm'));

// More than one batch of a pass.
const data = tinyData(150);
const squares = averageTo(2);
const readings = [averagePositions, squares];

async function measured(teacher: Teacher, teacherCacheBytes: number) {
  const lookUp = await cacheTeacher(teacher, data, { readings, teacherCacheBytes });
  return measureReadings(lookUp, data, { readings: [squares], seed: 1 });
}

describe('measureReadings', () => {
  it('is the mean and the deviation of each number over all examples, where these are few', async () => {
    const { teacher } = await tinyTeacher(data.tasks);
    const found = await measured(teacher, 2 ** 29);
    expect([...found.keys()]).toEqual([squares]);
    const images = imagesTensor(
      await data.read(Int32Array.from({ length: 150 }, (_, i) => i)),
      data.imageShape,
    );
    const answers = await askTeacher(teacher, readings, images);
    for (const [tap, features] of Object.entries(answers.readings[1] ?? {})) {
      const rows = (await features.reshape([150, -1]).array()) as number[][];
      const columns = (rows[0] as number[]).map((_, column) => rows.map((row) => row[column] as number));
      const means = columns.map((values) => values.reduce((sum, value) => sum + value) / 150);
      const deviations = columns.map((values, column) =>
        Math.sqrt(values.reduce((sum, value) => sum + (value - (means[column] as number)) ** 2, 0) / 150),
      );
      const { mean, deviation } = found.get(squares)?.[tap] ?? {};
      expectCloseArrays(mean as Float32Array, means, { absolute: 1e-6 });
      expectCloseArrays(deviation as Float32Array, deviations, { absolute: 1e-6 });
    }
    dispose([images, answers]);
    teacher.dispose();
  });

  it('is the same, bit for bit, whether answers were kept or not', async () => {
    const { teacher } = await tinyTeacher(data.tasks);
    expect(await measured(teacher, 0)).toEqual(await measured(teacher, 2 ** 29));
    teacher.dispose();
  });

  it('looks at so many examples and no more, other ones for another seed', async () => {
    const { teacher } = await tinyTeacher(data.tasks);
    const seen = async (seed: number) => {
      const lookUp = await cacheTeacher(teacher, data, { readings });
      const asked: number[] = [];
      await measureReadings(
        (batch) => {
          asked.push(...batch.indices);
          return lookUp(batch);
        },
        data,
        { readings: [averagePositions], seed, examples: 40 },
      );
      return asked;
    };
    const [one, other] = [await seen(1), await seen(2)];
    expect(new Set(one).size).toBe(40);
    expect(await seen(1)).toEqual(one);
    expect(other).not.toEqual(one);
    teacher.dispose();
  });

  it('asks about nobody where nothing is to be known', async () => {
    const { teacher } = await tinyTeacher(data.tasks);
    const never = async () => {
      throw new Error('asked');
    };
    expect(await measureReadings(never, data, { readings: [], seed: 1 })).toEqual(new Map());
    teacher.dispose();
  });

  it('stops on request, and leaves no tensor behind', async () => {
    const { teacher } = await tinyTeacher(data.tasks);
    await expectNoLeak(() => measured(teacher, 0).then(() => undefined));
    const lookUp = await cacheTeacher(teacher, data, { readings });
    const run = measureReadings(lookUp, data, {
      readings: [averagePositions],
      seed: 1,
      signal: AbortSignal.abort(),
    });
    await expect(run).rejects.toSatisfy(CancelledError.isInstance);
    teacher.dispose();
  });
});
