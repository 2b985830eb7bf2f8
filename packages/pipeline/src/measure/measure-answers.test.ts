import {
  type CommonNetwork,
  codeOf,
  disposeBrick,
  type FactorNetwork,
  factorLogits,
  normalizeImages,
  useBackend,
} from '@factornet/core';
import { runModel } from '@factornet/core/internal';
import { expectNoLeak } from '@factornet/core/testing';
import { cached, labelFor, shapes } from '@factornet/data';
import { tinyCommon, tinyFactor } from '@factornet/packer/testing';
import { type Tensor2D, type Tensor4D, tidy } from '@tensorflow/tfjs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type MeasureAnswersOptions, measureAnswers } from './measure-answers';

const all = shapes({ size: 110, seed: 1 });
const task = all.tasks.find(({ name }) => name === 'size') as (typeof all.tasks)[number];
const data = cached(labelFor([task], all));

let common: CommonNetwork;
let factor: FactorNetwork;
beforeAll(async () => {
  await useBackend('cpu');
  common = await tinyCommon();
  factor = tinyFactor(common, task);
});
afterAll(() => {
  disposeBrick(common);
  disposeBrick(factor);
});

/** What the factor says by itself, with `change` added to the last logit of picture 105. */
const answerWith = (change: number) => async (images: Tensor4D, start: number) => {
  const logits = tidy(() => {
    const inputs = normalizeImages(images, common.description.input);
    const z = runModel(common.network, inputs) as Tensor2D;
    return factorLogits(factor, z, codeOf(factor, { picture: inputs, maps: {} }));
  });
  const values = (await logits.data<'float32'>()).slice();
  logits.dispose();
  const last = (105 - start + 1) * task.classes.length - 1;
  if (start <= 105 && last < values.length) values[last] = (values[last] as number) + change;
  return { size: values };
};

const measure = (answer: MeasureAnswersOptions['answer']) =>
  measureAnswers({ common, factors: { size: factor }, data, answer, examples: 5, seed: 2 });

it('finds no difference where there is none, and one in any batch', async () => {
  const same = await measure(answerWith(0));
  expect(same.maxAbsoluteDifference).toBe(0);
  const other = await measure(answerWith(-0.5));
  expect(other.maxAbsoluteDifference).toBeCloseTo(0.5, 5);
});

it('counts right answers and shows some pictures of all, with what is true and what is said', async () => {
  const labels = (await data.read(Int32Array.from({ length: data.size }, (_, index) => index))).labels.size;
  const { accuracy, examples } = await measure(async (images, start) => {
    const said = new Float32Array(images.shape[0] * task.classes.length);
    for (let row = 0; row < images.shape[0]; row++) {
      // Right about all but every fifth picture.
      const right = labels?.[start + row] as number;
      const chosen = (start + row) % 5 === 0 ? (right + 1) % task.classes.length : right;
      said[row * task.classes.length + chosen] = 1;
    }
    return { size: said };
  });
  expect(accuracy).toEqual({ size: 88 / 110 });
  expect(examples).toHaveLength(5);
  for (const { image, truth, predicted } of examples) {
    expect(image).toMatch(/^data:image\/png;base64,/);
    expect(task.classes).toContain(truth.size);
    expect(task.classes).toContain(predicted.size);
  }
});

it('refuses answers about another number of classes, and leaves nothing behind', async () => {
  await expect(measure(async () => ({ size: new Float32Array(7) }))).rejects.toThrow(RangeError);
  await expectNoLeak(() => measure(answerWith(0)));
});
