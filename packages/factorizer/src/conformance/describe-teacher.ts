import { expectCloseArrays, expectNoLeak } from '@factornet/core/testing';
import { kindOf, outputSize } from '@factornet/spec/internal';
import { dispose, memory, type Tensor, type Tensor4D, zeros } from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import type { TrainableTaskKind } from '../kinds/trainable-task-kind';
import { trainableTaskKinds } from '../kinds/trainable-task-kinds';
import { hasLogits } from '../teacher/find-logits';
import { areProbabilities } from '../teacher/output-logits';
import type { Teacher, TeacherOutput } from '../teacher/teacher';
import { suitePictures } from './suite-pass';

/**
 * What every teacher has to hold, as a vitest suite on the current backend. `makeTeacher` is called for each
 * test and must give the same teacher each time; the suite disposes of it.
 *
 * @example
 * describeTeacher('my teacher', () => readTeacher('teacher/').then(({ teacher }) => teacher));
 */
export function describeTeacher(
  name: string,
  makeTeacher: () => Teacher | Promise<Teacher>,
  { kinds = trainableTaskKinds }: { kinds?: readonly TrainableTaskKind[] } = {},
): void {
  const batch = 3;
  const withTeacher = async <T>(body: (teacher: Teacher, images: Tensor4D) => Promise<T> | T): Promise<T> => {
    const teacher = await makeTeacher();
    const images = suitePictures(batch, teacher.input.shape);
    try {
      return await body(teacher, images);
    } finally {
      images.dispose();
      teacher.dispose();
    }
  };
  const all = ({ features, logits }: TeacherOutput): Tensor[] => [
    ...Object.values(features),
    ...Object.values(logits),
  ];
  const answer = async (teacher: Teacher, images: Tensor4D): Promise<number[][]> => {
    const tensors = all(await teacher.evaluate(images));
    const values = await Promise.all(tensors.map(async (tensor) => [...(await tensor.data())]));
    dispose(tensors);
    return values;
  };

  describe(`${name} as a teacher`, () => {
    it('says what it is', () =>
      withTeacher((teacher) => {
        expect(teacher.name).not.toBe('');
        expect(teacher.digest).toMatch(/^sha512-[A-Za-z0-9+/]{86}==$/);
        expect(teacher.tasks.length).toBeGreaterThan(0);
        expect(new Set(teacher.tasks.map((task) => task.name)).size).toBe(teacher.tasks.length);
        expect(Object.keys(teacher.tapShapes).sort()).toEqual([...teacher.taps].sort());
        for (const shape of Object.values(teacher.tapShapes)) {
          // A map, or numbers without positions.
          expect([1, 3]).toContain(shape.length);
          expect(shape.every((length) => Number.isInteger(length) && length > 0)).toBe(true);
        }
      }));

    it('has the digest of any other copy', () =>
      withTeacher(async (one) => {
        expect(await withTeacher((other) => other.digest)).toBe(one.digest);
      }));

    it('answers with features per tap and logits per task, of the shapes it states', () =>
      withTeacher(async (teacher, images) => {
        const output = await teacher.evaluate(images);
        const shapes = (tensors: Readonly<Record<string, Tensor>>) =>
          Object.fromEntries(Object.entries(tensors).map(([key, { shape }]) => [key, shape]));
        expect(shapes(output.features)).toEqual(
          Object.fromEntries(teacher.taps.map((tap) => [tap, [batch, ...(teacher.tapShapes[tap] ?? [])]])),
        );
        expect(shapes(output.logits)).toEqual(
          Object.fromEntries(
            teacher.tasks.map((task) => [task.name, [batch, ...kindOf(task, kinds).outputShape(task)]]),
          ),
        );
        dispose(all(output));
      }));

    it('answers with logits, not with probabilities', () =>
      withTeacher(async (teacher, images) => {
        const output = await teacher.evaluate(images);
        for (const task of teacher.tasks.filter((each) => hasLogits(each, kinds))) {
          const values = await (output.logits[task.name] as Tensor).data();
          const width = outputSize(kindOf(task, kinds), task);
          expect(areProbabilities(values, width), task.name).toBe(false);
        }
        dispose(all(output));
      }));

    it('is frozen: finite answers, the same ones every time', () =>
      withTeacher(async (teacher, images) => {
        const first = await answer(teacher, images);
        expect(first.flat().every(Number.isFinite)).toBe(true);
        expect(new Set(first.flat()).size).toBeGreaterThan(1);
        expect(await answer(teacher, images)).toEqual(first);
      }));

    it('answers each picture by itself, whatever else is in the batch', () =>
      withTeacher(async (teacher, images) => {
        const together = await answer(teacher, images);
        const [, ...shape] = images.shape;
        for (let index = 0; index < batch; index++) {
          const alone = images.slice([index, 0, 0, 0], [1, ...shape] as [number, number, number, number]);
          for (const [output, values] of (await answer(teacher, alone)).entries()) {
            const rows = together[output] as number[];
            const expected = rows.slice(index * values.length, (index + 1) * values.length);
            expectCloseArrays(values, expected, { absolute: 1e-4, relative: 1e-4 });
          }
          alone.dispose();
        }
      }));

    it('refuses pictures of another shape', () =>
      withTeacher(async (teacher) => {
        const [height, width, channels] = teacher.input.shape;
        const wrong = zeros([1, height + 1, width, channels]) as Tensor4D;
        await expect(teacher.evaluate(wrong)).rejects.toMatchObject({ code: 'shape-mismatch' });
        wrong.dispose();
      }));

    it('keeps no tensor but its own, and releases those', async () => {
      await withTeacher((teacher, images) =>
        expectNoLeak(async () => dispose(all(await teacher.evaluate(images)))),
      );
      const before = memory().numTensors;
      await withTeacher(() => {});
      expect(memory().numTensors).toBe(before);
    });
  });
}
