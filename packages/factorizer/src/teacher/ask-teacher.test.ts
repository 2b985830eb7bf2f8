import { expectNoLeak } from '@factornet/core/testing';
import { imagesTensor } from '@factornet/data';
import { HeapFullError } from '@factornet/spec';
import { isClassification } from '@factornet/spec/training';
import { dispose, memory, setBackend, type Tensor4D } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { averagePositions } from '../objective/tap-reading';
import { tinyData, tinyTeacher } from '../testing/tiny';
import { askTeacher } from './ask-teacher';
import type { Teacher, TeacherOutput } from './teacher';
import { listAnswers, type TeacherAnswers } from './teacher-answers';

beforeAll(() => setBackend('cpu'));

const data = tinyData(5);

async function ask<T>(
  change: (teacher: Teacher) => Partial<Teacher>,
  body: (answering: () => Promise<TeacherAnswers>) => Promise<T>,
): Promise<T> {
  const { teacher } = await tinyTeacher(data.tasks);
  const images = imagesTensor(await data.read([0, 1, 2, 3, 4]), data.imageShape);
  try {
    return await body(() => askTeacher({ ...teacher, ...change(teacher) }, [averagePositions], images));
  } finally {
    images.dispose();
    teacher.dispose();
  }
}

const valuesOf = async (answers: TeacherAnswers) => {
  const values = await Promise.all(listAnswers(answers).map((answer) => answer.array()));
  dispose(answers);
  return values;
};

/** A heap that holds so many pictures. */
const holding = (most: number) => (teacher: Teacher) => ({
  async evaluate(images: Tensor4D): Promise<TeacherOutput> {
    if (images.shape[0] > most) throw new HeapFullError({ heap: 2 ** 32 });
    return teacher.evaluate(images);
  },
});

describe('askTeacher', () => {
  it('averages the positions of maps and leaves vectors as they are', () =>
    ask(
      () => ({}),
      async (answering) => {
        const answers = await answering();
        const [taps] = answers.readings;
        expect(Object.values(taps ?? {}).map(({ shape }) => shape)).toEqual([
          [5, 4],
          [5, 7],
        ]);
        dispose(answers);
      },
    ));

  it('reads maps as they are, too, which then are no longer the teacher’s', async () => {
    const { teacher } = await tinyTeacher(data.tasks);
    const images = imagesTensor(await data.read([0, 1]), data.imageShape);
    await expectNoLeak(async () => {
      const answers = await askTeacher(teacher, [(tap) => tap], images);
      const shapes = Object.values(answers.readings[0] ?? {}).map(({ shape }) => shape.slice(1));
      expect(shapes).toEqual(teacher.taps.map((tap) => teacher.tapShapes[tap]));
      await valuesOf(answers);
    });
    images.dispose();
    teacher.dispose();
  });

  it('asks in parts where the heap is full, down to one picture, and no further', async () => {
    const whole = await ask(
      () => ({}),
      async (answering) => valuesOf(await answering()),
    );
    for (const most of [1, 2, 3]) {
      expect(await ask(holding(most), async (answering) => valuesOf(await answering()))).toEqual(whole);
    }
    await ask(holding(0), (answering) =>
      expectNoLeak(async () => {
        await expect(answering()).rejects.toSatisfy(HeapFullError.isInstance);
      }),
    );
  });

  it.each<[string, (teacher: Teacher) => Partial<Teacher>, string]>([
    ['a tap of another shape', () => ({ tapShapes: { 'teacher/features': [8] } }), 'teacher/block-1/relu'],
    ['a tap that is missing', ({ taps }) => ({ taps: [...taps, 'more'] }), 'more'],
    [
      'logits of another width',
      ({ tasks }) => ({
        tasks: tasks
          .filter(isClassification)
          .map((task) => ({ ...task, classes: [...task.classes, 'more'] })),
      }),
      'shape',
    ],
  ])('refuses %s', (_, change, name) =>
    ask(change, async (answering) => {
      const before = memory().numTensors;
      await expect(answering()).rejects.toMatchObject({
        code: 'shape-mismatch',
        what: `what the teacher answers for "${name}"`,
      });
      expect(memory().numTensors).toBe(before);
    }),
  );
});
