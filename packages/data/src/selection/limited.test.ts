import { InvalidOptionError } from '@factornet/spec';
import { isClassification } from '@factornet/spec/training';
import { expect, test } from 'vitest';
import type { Dataset } from '../dataset';
import { readLabels } from '../labels/read-labels';
import { shapes } from '../shapes/shapes';
import { limited } from './limited';

/** As a folder of pictures is: sorted by class, so many of each. */
function folder(...counts: number[]): Dataset {
  const all = counts.flatMap((count, label) => new Array<number>(count).fill(label));
  return {
    name: 'folder',
    size: all.length,
    imageShape: [1, 1, 1],
    tasks: [{ name: 'class', type: 'classification', classes: counts.map((_, label) => `c${label}`) }],
    notes: ['2 files were skipped.'],
    read: async (indices) => ({
      size: indices.length,
      images: Float32Array.from(indices, (index) => index / all.length),
      labels: { class: Int32Array.from(indices, (index) => all[index] as number) },
    }),
  };
}

async function countClasses(dataset: Dataset, task = 'class'): Promise<number[]> {
  const labels = (await readLabels(dataset))[task] as Int32Array;
  const classes = dataset.tasks.filter(isClassification).find(({ name }) => name === task)?.classes ?? [];
  return classes.map((_, label) => labels.filter((one) => one === label).length);
}

test('takes each class in proportion', async () => {
  expect(await countClasses(await limited(folder(500, 500, 500, 500), 100))).toEqual([25, 25, 25, 25]);
  for (let seed = 0; seed < 6; seed++) {
    const counts = await countClasses(await limited(folder(600, 310, 90), 100, { seed }));
    for (const [label, share] of [60, 31, 9].entries()) {
      expect(Math.abs((counts[label] as number) - share)).toBeLessThanOrEqual(1);
    }
  }
});

test('spreads several tasks', async () => {
  const part = await limited(shapes({ size: 2000, seed: 1 }), 200);
  for (const { name, classes } of part.tasks.filter(isClassification)) {
    for (const count of await countClasses(part, name)) {
      expect(Math.abs(count - 200 / classes.length)).toBeLessThan(0.4 * (200 / classes.length));
    }
  }
});

test('is chosen by the seed, within the classes too, and named after it', async () => {
  const pictures = async (seed: number) => {
    const part = await limited(folder(50, 50), 10, { seed });
    return { name: part.name, values: [...(await part.read([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])).images] };
  };
  const [one, same, other] = [await pictures(1), await pictures(1), await pictures(2)];
  expect(same).toEqual(one);
  expect(other.values).not.toEqual(one.values);
  expect(other.name).not.toBe(one.name);
  expect(new Set(one.values).size).toBe(10);
  expect([...one.values].sort((a, b) => a - b)).toEqual(one.values);
});

test('says which classes are left without an example', async () => {
  const part = await limited(folder(900, 3), 10, { seed: 1 });
  expect(part.notes).toEqual(['2 files were skipped.', 'No example of "c1" (task "class").']);
});

test('takes all of fewer, and refuses to take none', async () => {
  const dataset = folder(3, 3);
  expect(await limited(dataset, 6)).toBe(dataset);
  for (const count of [0, -1, 2.5, Number.NaN]) {
    await expect(limited(dataset, count)).rejects.toThrow(InvalidOptionError);
  }
});
