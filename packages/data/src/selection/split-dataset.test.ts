import { InvalidOptionError } from '@factornet/spec';
import { expect, test } from 'vitest';
import type { Dataset } from '../dataset';
import { splitDataset } from './split-dataset';

/** The label of example i is i, so that a split can be read back. */
const numbered: Dataset = {
  name: 'numbered',
  size: 101,
  imageShape: [1, 1, 1],
  tasks: [{ name: 'index', type: 'classification', classes: Array.from({ length: 101 }, (_, i) => `${i}`) }],
  read: async (indices) => ({
    size: indices.length,
    images: new Float32Array(indices.length),
    labels: { index: Int32Array.from(indices) },
  }),
};

async function contents(dataset: Dataset): Promise<number[]> {
  const { labels } = await dataset.read(Array.from({ length: dataset.size }, (_, index) => index));
  return [...(labels.index as Int32Array)];
}

test('splits into parts that share nothing and leave nothing out', async () => {
  const {
    train,
    validation,
    test: held,
  } = splitDataset(numbered, { train: 0.7, validation: 0.1, test: 0.2 }, 1);
  expect([train.size, validation.size, held.size]).toEqual([71, 10, 20]);
  const all = [...(await contents(train)), ...(await contents(validation)), ...(await contents(held))];
  expect(all.sort((one, other) => one - other)).toEqual(Array.from({ length: 101 }, (_, index) => index));
});

test('splits by seed', async () => {
  const parts = [1, 1, 2].map((seed) => splitDataset(numbered, { train: 0.5, test: 0.5 }, seed).train);
  const [one, same, other] = await Promise.all(parts.map(contents));
  expect(same).toEqual(one);
  expect(other).not.toEqual(one);
  expect(parts[2]?.name).not.toBe(parts[0]?.name);
});

test.each([{ train: 0.5 }, { train: 1.2, test: -0.2 }, { train: 0.999, test: 0.001 }, {}])(
  'refuses the fractions %o',
  (fractions) => {
    expect(() => splitDataset(numbered, fractions as Record<string, number>, 1)).toThrow(InvalidOptionError);
  },
);
