import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readLabels } from '@factornet/data';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Colour, writePictureFolder } from '../../testing/picture-folder';
import { openTrainAndTest, type TrainAndTestFlags } from './train-and-test-data';

let directory: string;
const folder = (name: string) => join(directory, name);

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'factornet-train-test-'));
  const write = (name: string, ...classes: Colour[]) => writePictureFolder(folder(name), classes, 4);
  await write('train', 'blue', 'green', 'red');
  await write('lacks-blue', 'green', 'red');
  await write('has-white', 'red', 'white');
});
afterAll(() => rm(directory, { recursive: true }));

async function open(flags: Partial<TrainAndTestFlags>) {
  const told: string[] = [];
  const all = { data: folder('train'), taskName: 'class', seed: 0, ...flags };
  return { ...(await openTrainAndTest(all, (line) => told.push(line))), told };
}

test('matches the classes of a test folder that lacks one by name, and says so', async () => {
  const { test, told } = await open({ testData: folder('lacks-blue') });
  expect(test.tasks[0]).toMatchObject({ classes: ['blue', 'green', 'red'] });
  expect(await readLabels(test)).toEqual({ class: Int32Array.of(1, 1, 1, 1, 2, 2, 2, 2) });
  expect(told).toEqual(['--test-data: No example of "blue" (task "class").']);
});

test('refuses before training what cannot be measured', async () => {
  await expect(open({ testData: folder('has-white') })).rejects.toThrow(/"blue", "green", "red".*"white"/s);
  await expect(open({ testData: 'shapes:size=10,image-size=20' })).rejects.toThrow(
    /no task "class".*labelled for every task of --data/s,
  );
  await expect(open({ data: 'shapes:size=10', testData: 'shapes:size=9,image-size=20' })).rejects.toThrow(
    /pictures of --test-data must have the shape \[32, 32, 3\]/,
  );
});

test('limits to all classes, and says which one a part has no example of', async () => {
  const { train, test, told } = await open({ limit: 3, holdout: 0.34 });
  expect([train.size, test.size]).toEqual([2, 1]);
  expect(told).toEqual([
    expect.stringMatching(/^To train on: No example of "\w+" \(task "class"\)\.$/),
    expect.stringMatching(/^To measure on: No example of "\w+", "\w+" \(task "class"\)\.$/),
  ]);
});
