import { expectNoLeak } from '@factornet/core/testing';
import { imagesTensor } from '@factornet/data';
import { CancelledError } from '@factornet/spec';
import { dispose, memory, setBackend, softmax, type Tensor2D, type Tensor4D } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { tinyData, tinyTeacher } from '../testing/tiny';
import type { AdvanceEvent, ProgressEvent } from '../training/progress';
import type { TeacherOutput } from './teacher';
import { cacheTeacher } from './teacher-cache';

beforeAll(() => setBackend('cpu'));

const data = tinyData(10);
const tensorsOf = ({ features, logits }: TeacherOutput) => [
  ...Object.values(features),
  ...Object.values(logits),
];

describe('cacheTeacher', () => {
  it('answers as the teacher does, in any order, repeats included', async () => {
    const { teacher } = await tinyTeacher(data.tasks);
    const cache = await cacheTeacher(teacher, data, { batchSize: 4 });
    const indices = Int32Array.of(9, 0, 4, 4);
    const images = imagesTensor(await data.read(indices), data.imageShape);
    const expected = teacher.evaluate(images);
    const found = cache.lookUp(indices);
    expect(Object.keys(found.features)).toEqual(Object.keys(expected.features));
    expect(Object.keys(found.logits)).toEqual(Object.keys(expected.logits));
    for (const [index, tensor] of tensorsOf(found).entries()) {
      expect(await tensor.data()).toEqual(await tensorsOf(expected)[index]?.data());
    }
    dispose([images, ...tensorsOf(expected), ...tensorsOf(found)]);
    cache.dispose();
    teacher.dispose();
  });

  it('tells how far it is', async () => {
    const { teacher } = await tinyTeacher(data.tasks);
    const events: ProgressEvent[] = [];
    const cache = await cacheTeacher(teacher, data, {
      batchSize: 4,
      onProgress: (event) => events.push(event),
    });
    expect(events.map((event) => (event as AdvanceEvent).done)).toEqual([4, 8, 10]);
    for (const event of events) expect(event).toMatchObject({ type: 'advance', stage: 'teacher', total: 10 });
    expect(events[0]?.secondsLeft).toBeGreaterThan(0);
    expect(events.at(-1)?.secondsLeft).toBe(0);
    cache.dispose();
    teacher.dispose();
  });

  it('stops on request and leaves nothing', async () => {
    const { teacher } = await tinyTeacher(data.tasks);
    const before = memory().numTensors;
    const controller = new AbortController();
    const signal = controller.signal;
    const run = cacheTeacher(teacher, data, { batchSize: 4, signal, onProgress: () => controller.abort() });
    await expect(run).rejects.toSatisfy(CancelledError.isInstance);
    expect(memory().numTensors).toBe(before);
    teacher.dispose();
  });

  it('refuses a teacher that answers with probabilities', async () => {
    const { teacher } = await tinyTeacher(data.tasks);
    const evaluate = (images: Tensor4D): TeacherOutput => {
      const { features, logits } = teacher.evaluate(images);
      const answers = { ...logits, size: softmax(logits.size as Tensor2D) };
      logits.size?.dispose();
      return { features, logits: answers };
    };
    const before = memory().numTensors;
    const caching = cacheTeacher({ ...teacher, evaluate }, data);
    await expect(caching).rejects.toMatchObject({ code: 'invalid-option', option: 'teacher' });
    await expect(caching).rejects.toThrow(/logits.*probabilities for \\?"size/s);
    expect(memory().numTensors).toBe(before);
    teacher.dispose();
  });

  it('leaves no tensor behind', () =>
    expectNoLeak(async () => {
      const { teacher } = await tinyTeacher(data.tasks);
      const cache = await cacheTeacher(teacher, data);
      dispose(tensorsOf(cache.lookUp(Int32Array.of(1, 2))));
      cache.dispose();
      teacher.dispose();
    }));
});
