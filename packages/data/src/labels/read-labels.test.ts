import { expect, test } from 'vitest';
import type { Dataset } from '../dataset';
import { shapes } from '../shapes/shapes';
import { readLabels } from './read-labels';

test('draws no picture where labels are known without', async () => {
  const dataset = shapes({ size: 30, seed: 1 });
  const expected = (await shapes({ size: 30, seed: 1 }).read([3, 1])).labels;
  Object.assign(dataset, { read: () => Promise.reject(new Error('drawn')) });
  expect(await readLabels(dataset, [3, 1])).toEqual(expected);
  expect((await readLabels(dataset)).shape).toHaveLength(30);
});

test('reads pictures few at a time where labels come with them only', async () => {
  const sizes: number[] = [];
  const dataset: Dataset = {
    name: 'large',
    size: 60,
    imageShape: [224, 224, 3],
    tasks: [{ name: 'class', type: 'classification', classes: ['a', 'b'] }],
    async read(indices) {
      sizes.push(indices.length);
      const labels = { class: Int32Array.from(indices, (index) => index % 2) };
      return { size: indices.length, images: new Float32Array(0), labels };
    },
  };
  expect(await readLabels(dataset)).toEqual({ class: Int32Array.from({ length: 60 }, (_, i) => i % 2) });
  expect(Math.max(...sizes) * 224 * 224 * 3 * 4).toBeLessThan(2 ** 25);
});

test('a copy that reads otherwise does not keep the labels of what it was copied from', async () => {
  const source = shapes({ size: 4, seed: 1 });
  const copy: Dataset = {
    ...source,
    async read(indices) {
      const batch = await source.read(indices);
      return { ...batch, labels: { ...batch.labels, shape: new Int32Array(indices.length).fill(2) } };
    },
  };
  expect((await readLabels(copy)).shape).toEqual(Int32Array.of(2, 2, 2, 2));
});
