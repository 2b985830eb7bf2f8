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

it('counts right answers among the classes of all factors, of pictures that show one of them', async () => {
  await useBackend('cpu');
  // In place of what pictures show, cat ship dog truck frog cat: right are cat, dog and the last cat; a frog is no class here.
  const predicted = [0, 0, 2, 1, 3, 0];
  const figures = await measureJoint(
    { labelSpace: 'class', indices: [0, 1, 2, 3], predicted },
    teacher,
    test,
  );
  expect(figures).toEqual({
    labelSpace: 'class',
    classes: 4,
    accuracy: { teacher: 2 / 5, assembly: 3 / 5 },
  });
});

it('names the tasks of a teacher that does not know the label space', async () => {
  const other = { labelSpace: 'breed', indices: [0, 1], predicted: [0, 0, 0, 0, 0, 0] };
  await expect(measureJoint(other, teacher, test)).rejects.toMatchObject({ task: 'breed', known: ['class'] });
});

it('refuses a teacher that answers with other shapes than it states', async () => {
  const short = {
    ...teacher,
    evaluate: async () => ({ features: {}, logits: { class: answers.reshape([-1]) } }),
  };
  const given = { labelSpace: 'class', indices: [0, 1], predicted: [] };
  await expect(measureJoint(given, short as Teacher, test)).rejects.toMatchObject({ code: 'shape-mismatch' });
});
