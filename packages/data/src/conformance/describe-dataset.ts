import type { TaskDescription } from '@factornet/spec';
import { kindOf } from '@factornet/spec/internal';
import { checkTask, ofKinds } from '@factornet/spec/training';
import { describe, expect, test } from 'vitest';
import type { Dataset, LabelValues } from '../dataset';
import type { LabelledTaskKind } from '../kinds/labelled-task-kind';
import { labelledTaskKinds } from '../kinds/labelled-task-kinds';
import { readLabels } from '../labels/read-labels';

/**
 * What every dataset must keep to. `makeDataset` is called for each test and must give a dataset of at least
 * three examples, the same ones each time.
 *
 * @example
 * describeDataset('shapes', () => shapes({ size: 20, seed: 1 }));
 */
export function describeDataset(
  name: string,
  makeDataset: () => Dataset | Promise<Dataset>,
  { kinds = labelledTaskKinds }: { kinds?: readonly LabelledTaskKind[] } = {},
): void {
  const labelSize = (task: TaskDescription) => kindOf(task, kinds).labelSize(task);
  describe(`${name} is a dataset`, () => {
    test('describes itself', async () => {
      const dataset = await makeDataset();
      expect(dataset.name).not.toBe('');
      expect(dataset.size).toBeGreaterThanOrEqual(3);
      expect(dataset.imageShape).toHaveLength(3);
      for (const length of dataset.imageShape) expect(Number.isInteger(length) && length > 0).toBe(true);
      expect(dataset.tasks.length).toBeGreaterThan(0);
      expect(new Set(dataset.tasks.map((task) => task.name)).size).toBe(dataset.tasks.length);
      for (const task of dataset.tasks) checkTask(task, ofKinds(kinds));
    });

    test('gives pictures of its shape with values in [0, 1], and labels of every task that its kind takes', async () => {
      const dataset = await makeDataset();
      const batch = await dataset.read(Array.from({ length: dataset.size }, (_, index) => index));
      expect(batch.size).toBe(dataset.size);
      expect(batch.images).toBeInstanceOf(Float32Array);
      expect(batch.images).toHaveLength(dataset.size * pictureLength(dataset));
      expect(batch.images.every((value) => value >= 0 && value <= 1)).toBe(true);
      expect(Object.keys(batch.labels).sort()).toEqual(dataset.tasks.map((task) => task.name).sort());
      for (const task of dataset.tasks) {
        const labels = batch.labels[task.name] as LabelValues;
        expect(labels).toHaveLength(dataset.size * labelSize(task));
        kindOf(task, kinds).checkLabels(task, labels);
      }
    });

    test('gives equal examples whenever it is asked, by this copy or another', async () => {
      const dataset = await makeDataset();
      const first = await dataset.read([2, 0, 1]);
      expect(await dataset.read([2, 0, 1])).toEqual(first);
      expect(await (await makeDataset()).read(Int32Array.of(2, 0, 1))).toEqual(first);
    });

    test('keeps what it gave out, whatever becomes of it', async () => {
      const dataset = await makeDataset();
      const first = await dataset.read([0]);
      const copy = structuredClone(first);
      first.images.fill(0.5);
      for (const labels of Object.values(first.labels)) labels.fill(-1);
      expect(await dataset.read([0])).toEqual(copy);
    });

    test('reads in the order asked for, repeats included', async () => {
      const dataset = await makeDataset();
      const last = dataset.size - 1;
      const [one, many] = [await dataset.read([last]), await dataset.read([0, last, 1, last])];
      const length = pictureLength(dataset);
      for (const position of [1, 3]) {
        expect(many.images.slice(position * length, (position + 1) * length)).toEqual(one.images);
        for (const task of dataset.tasks) {
          const size = labelSize(task);
          const label = many.labels[task.name]?.slice(position * size, (position + 1) * size);
          expect(label).toEqual(one.labels[task.name]);
        }
      }
    });

    test('answers no indices with no examples', async () => {
      const dataset = await makeDataset();
      const batch = await dataset.read([]);
      expect(batch.size).toBe(0);
      expect(batch.images).toHaveLength(0);
      for (const { name: task } of dataset.tasks) expect(batch.labels[task]).toHaveLength(0);
    });

    test('gives the same labels without the pictures, if it can', async () => {
      const dataset = await makeDataset();
      const indices = Int32Array.of(2, 0, 0, dataset.size - 1);
      const { labels } = await dataset.read(indices);
      expect(await readLabels(dataset, indices)).toEqual(labels);
      if (dataset.labels === undefined) return;
      expect(await dataset.labels([])).toEqual((await dataset.read([])).labels);
      await expect(dataset.labels([dataset.size])).rejects.toThrow(/integer from 0/);
      for (const values of Object.values(await dataset.labels(indices))) values.fill(-1);
      expect(await dataset.labels(indices)).toEqual(labels);
    });

    test('refuses indices outside it', async () => {
      const dataset = await makeDataset();
      for (const index of [-1, dataset.size, 0.5, Number.NaN]) {
        await expect(dataset.read([0, index]), `index ${index}`).rejects.toThrow(/integer from 0/);
      }
    });
  });
}

function pictureLength({ imageShape }: Dataset): number {
  return imageShape[0] * imageShape[1] * imageShape[2];
}
