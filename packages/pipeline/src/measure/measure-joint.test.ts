import { useBackend } from '@factornet/core';
import { classSubsets, type Dataset } from '@factornet/data';
import type { Teacher } from '@factornet/factorizer';
import { oneHot, type Tensor4D } from '@tensorflow/tfjs';
import { afterAll, expect, it } from 'vitest';
import { measureJoint } from './measure-joint';

const classes = ['cat', 'ship', 'dog', 'truck', 'frog'];
const labels = [0, 1, 2, 3, 4, 0];
/** Pictures of 1×1 whose channels are one-hot labels. */
const whole: Dataset = {
  name: 'one-hot',
  size: labels.length,
  imageShape: [1, 1, 5],
  tasks: [{ name: 'class', type: 'classification', classes }],
  async read(indices) {
    const chosen = Int32Array.from(indices, (index) => labels[index] as number);
    const images = Float32Array.from(
      [...chosen].flatMap((label) => classes.map((_, index) => Number(index === label))),
    );
    return { size: chosen.length, images, labels: { class: chosen } };
  },
};
const test = classSubsets(whole, 'class', { animals: ['dog', 'cat'], vehicles: ['ship', 'truck'] });

afterAll(() => answers.dispose());

/** Takes ships for cats, dogs for ships and trucks for dogs. */
const answers = oneHot([0, 0, 1, 2, 3], 5);
const teacher = {
  tasks: whole.tasks,
  taps: [],
  evaluate: (images: Tensor4D) => ({
    features: {},
    logits: { class: images.reshape([-1, 5]).matMul(answers.toFloat()) },
  }),
} as unknown as Teacher;

const said = { labelSpace: 'class', indices: [0, 1, 2, 3] };
/** Of each picture, one class with this probability, the others alike. */
const sure = (probability: number) =>
  [0, 0, 2, 1, 3, 0].flatMap((chosen) =>
    [0, 1, 2, 3].map((each) => (each === chosen ? probability : (1 - probability) / 3)),
  );

it('counts right answers among the classes of all factors, of pictures that show one of them', async () => {
  await useBackend('cpu');
  // In place of what pictures show, cat ship dog truck frog cat: right are cat, dog and the last cat; a frog is no class here.
  const { accuracy, ...figures } = await measureJoint({ ...said, probabilities: sure(0.7) }, teacher, test);
  expect(figures).toMatchObject({ labelSpace: 'class', classes: 4, temperature: 1 });
  expect(accuracy).toEqual({ teacher: 2 / 5, assembly: 3 / 5 });
});

it('says how far from right answers the assembly is sure, before and after its temperature, and the teacher', async () => {
  const { calibration } = await measureJoint(
    { ...said, probabilities: sure(0.7), temperature: 2 },
    teacher,
    test,
  );
  expect(calibration.assembly.error).toBeCloseTo(0.7 - 3 / 5, 12);
  // Three others share 0.3, so that squares are 0.49 and 3 · 0.01.
  expect(calibration.before.error).toBeCloseTo(0.49 / 0.52 - 3 / 5, 12);
  // Its logits are 1 and 0, of four classes.
  expect(calibration.teacher.error).toBeCloseTo(Math.abs(Math.E / (Math.E + 3) - 2 / 5), 6);
  for (const { bins } of Object.values(calibration))
    expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(5);
});

it('names the tasks of a teacher that does not know the label space', async () => {
  const other = { labelSpace: 'breed', indices: [0, 1], probabilities: new Float32Array(12) };
  await expect(measureJoint(other, teacher, test)).rejects.toMatchObject({ task: 'breed', known: ['class'] });
});

it('refuses a teacher that answers with other shapes than it states', async () => {
  const short = {
    ...teacher,
    evaluate: async () => ({ features: {}, logits: { class: answers.reshape([-1]) } }),
  };
  const given = { labelSpace: 'class', indices: [0, 1], probabilities: [] };
  await expect(measureJoint(given, short as Teacher, test)).rejects.toMatchObject({ code: 'shape-mismatch' });
});
