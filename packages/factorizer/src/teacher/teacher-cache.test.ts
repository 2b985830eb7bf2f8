import { expectNoLeak } from '@factornet/core/testing';
import { imagesTensor } from '@factornet/data';
import { CancelledError } from '@factornet/spec';
import { isClassification } from '@factornet/spec/training';
import {
  dispose,
  memory,
  setBackend,
  softmax,
  type Tensor,
  type Tensor2D,
  type Tensor4D,
} from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { averagePositions } from '../objective/tap-reading';
import { tinyData, tinyTeacher } from '../testing/tiny';
import type { ProgressEvent } from '../training/progress';
import { askTeacher } from './ask-teacher';
import type { Teacher, TeacherOutput } from './teacher';
import { listAnswers } from './teacher-answers';
import { cacheTeacher, type TeacherCacheOptions } from './teacher-cache';

beforeAll(() => setBackend('cpu'));

const data = tinyData(10);
const largest = (features: Tensor) => (features.rank === 4 ? features.max([1, 2]) : features.clone());
const asItIs = (features: Tensor) => features.clone();

async function withTeacher<T>(body: (teacher: Teacher) => Promise<T>): Promise<T> {
  const { teacher } = await tinyTeacher(data.tasks);
  return body(teacher).finally(() => teacher.dispose());
}

/** The teacher, and how many pictures it was asked about. */
function counted(teacher: Teacher) {
  const asked = { pictures: 0 };
  const evaluate = (images: Tensor4D) => {
    asked.pictures += images.shape[0];
    return teacher.evaluate(images);
  };
  return { asked, teacher: { ...teacher, evaluate } };
}

/** Looks up four examples, and asks the teacher itself. */
async function compare(teacher: Teacher, options: TeacherCacheOptions) {
  const told: ProgressEvent[] = [];
  const one = counted(teacher);
  const lookUp = await cacheTeacher(one.teacher, data, {
    ...options,
    onProgress: (event) => told.push(event),
  });
  const before = one.asked.pictures;
  const indices = Int32Array.of(9, 0, 4, 4);
  const images = imagesTensor(await data.read(indices), data.imageShape);
  const found = await lookUp({ indices, images, readings: options.readings });
  const anew = one.asked.pictures - before;
  const expected = await askTeacher(teacher, options.readings, images);
  const read = (answers: typeof found) =>
    Promise.all(listAnswers(answers).map(async (tensor) => [tensor.shape, await tensor.data()]));
  const [first, second] = [await read(found), await read(expected)];
  expect(first).toEqual(second);
  expect(found.readings.map((taps) => Object.keys(taps))).toEqual(
    expected.readings.map((taps) => Object.keys(taps)),
  );
  expect(Object.keys(found.logits)).toEqual(Object.keys(expected.logits));
  dispose([images, found, expected]);
  return { shapes: first.map(([shape]) => shape), anew, notes: told.filter(({ type }) => type === 'note') };
}

describe('cacheTeacher', () => {
  it('answers as the teacher does, in any order, repeats included, without asking it again', () =>
    withTeacher(async (teacher) => {
      const found = await compare(teacher, { readings: [averagePositions], batchSize: 4 });
      expect(found).toEqual({
        shapes: [
          [4, 4],
          [4, 7],
          [4, 5],
          [4, 8],
          [4, 3],
          [4, 8],
        ],
        anew: 0,
        notes: [],
      });
    }));

  it('gives the readings that are asked for, of those that it keeps, and none unasked', () =>
    withTeacher(async (teacher) => {
      const indices = Int32Array.of(3, 1);
      const images = imagesTensor(await data.read(indices), data.imageShape);
      for (const teacherCacheBytes of [undefined, 0]) {
        const readings = [averagePositions, asItIs, largest];
        const lookUp = await cacheTeacher(teacher, data, { readings, teacherCacheBytes });
        const some = await lookUp({ indices, images, readings: [largest, averagePositions] });
        const none = await lookUp({ indices, images });
        const expected = await askTeacher(teacher, [largest, averagePositions], images);
        const numbers = (answers: typeof some) =>
          Promise.all(listAnswers(answers).map(async (tensor) => [tensor.shape, await tensor.data()]));
        expect(await numbers(some)).toEqual(await numbers(expected));
        expect(await numbers(none)).toEqual((await numbers(expected)).slice(4));
        dispose([some, none, expected]);
      }
      const lookUp = await cacheTeacher(teacher, data, { readings: [largest] });
      await expect(lookUp({ indices, images, readings: [averagePositions] })).rejects.toThrow('keep');
      images.dispose();
    }));

  it('keeps what is read of taps and nothing else', () =>
    withTeacher(async (teacher) => {
      const logits = data.tasks
        .filter(isClassification)
        .reduce((sum, { classes }) => sum + classes.length, 0);
      // Ten pictures: the largest of every channel, and none of the 10 × 10 positions.
      const teacherCacheBytes = 10 * 4 * (4 + 7 + logits);
      expect((await compare(teacher, { readings: [largest], teacherCacheBytes })).anew).toBe(0);
      expect(
        (await compare(teacher, { readings: [largest, averagePositions], teacherCacheBytes })).anew,
      ).toBe(4);
      expect((await compare(teacher, { readings: [], teacherCacheBytes: 10 * 4 * logits })).anew).toBe(0);
      const { shapes } = await compare(teacher, { readings: [asItIs] });
      expect(shapes.slice(0, 2)).toEqual([
        [4, 10, 10, 4],
        [4, 7],
      ]);
    }));

  it('keeps nothing beyond its limit, says so once, and asks the teacher anew', () =>
    withTeacher(async (teacher) => {
      const { anew, notes } = await compare(teacher, {
        readings: [averagePositions],
        teacherCacheBytes: 1000,
      });
      expect(anew).toBe(4);
      expect(notes).toEqual([
        {
          type: 'note',
          stage: 'teacher',
          message: expect.stringMatching(/10 examples.*teacherCacheBytes.*anew/),
        },
      ]);
      await expect(
        cacheTeacher(teacher, data, { readings: [], teacherCacheBytes: Number.NaN }),
      ).rejects.toMatchObject({ code: 'invalid-option', option: 'teacherCacheBytes' });
    }));

  it('tells how far it is', () =>
    withTeacher(async (teacher) => {
      const events: ProgressEvent[] = [];
      const onProgress = (event: ProgressEvent) => events.push(event);
      await cacheTeacher(teacher, data, { readings: [], batchSize: 4, onProgress });
      expect(events).toEqual(
        [4, 8, 10].map((done) => ({
          type: 'advance',
          stage: 'teacher',
          done,
          total: 10,
          secondsLeft: done === 10 ? 0 : expect.any(Number),
        })),
      );
    }));

  it('stops on request and leaves nothing', () =>
    withTeacher(async (teacher) => {
      const before = memory().numTensors;
      const controller = new AbortController();
      const { signal } = controller;
      const onProgress = () => controller.abort();
      const run = cacheTeacher(teacher, data, { readings: [], batchSize: 4, signal, onProgress });
      await expect(run).rejects.toSatisfy(CancelledError.isInstance);
      expect(memory().numTensors).toBe(before);
    }));

  it('refuses a teacher that answers with probabilities', () =>
    withTeacher(async (teacher) => {
      const evaluate = async (images: Tensor4D): Promise<TeacherOutput> => {
        const { features, logits } = await teacher.evaluate(images);
        const answers = { ...logits, size: softmax(logits.size as Tensor2D) };
        logits.size?.dispose();
        return { features, logits: answers };
      };
      const before = memory().numTensors;
      const caching = cacheTeacher({ ...teacher, evaluate }, data, { readings: [averagePositions] });
      await expect(caching).rejects.toMatchObject({ code: 'invalid-option', option: 'teacher' });
      await expect(caching).rejects.toThrow(/logits.*probabilities for \\?"size/s);
      expect(memory().numTensors).toBe(before);
    }));

  it('leaves no tensor behind', () =>
    withTeacher((teacher) => expectNoLeak(() => compare(teacher, { readings: [averagePositions, asItIs] }))));
});
