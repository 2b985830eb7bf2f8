import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { useBackend } from '@factornet/core';
import { expectNoLeak } from '@factornet/core/testing';
import { MissingTapError } from '@factornet/spec/training';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { isTeacher, readTeacher } from '../teacher/teacher-files';
import { tinyCommon, tinyInput } from '../testing/tiny';
import { tinyRunData } from '../testing/tiny-run';
import { trainTeacherInto } from './train-teacher-into';

let folder: string;
beforeAll(async () => {
  await useBackend('wasm');
  folder = await mkdtemp(join(tmpdir(), 'factornet-teacher-'));
});
afterAll(() => rm(folder, { recursive: true }));

const options = () => ({
  name: 'tiny',
  backbone: tinyCommon(),
  input: tinyInput,
  data: tinyRunData(),
  test: tinyRunData(),
  epochs: 1,
  batchSize: 16,
  seed: 4,
  command: 'node train.js',
});

it('refuses a tap that is not there before it trains', async () => {
  const onProgress = () => expect.unreachable();
  const wrong = trainTeacherInto(folder, { ...options(), taps: ['teacher/nowhere'], onProgress });
  await expect(wrong).rejects.toThrow(MissingTapError);
  expect(await readdir(folder)).toEqual([]);
});

it('leaves a teacher of all tasks, which says how well it does, and nothing else', async () => {
  await expectNoLeak(() => trainTeacherInto(folder, options()));
  const { manifest, history } = await trainTeacherInto(folder, options());
  expect(history).toHaveLength(1);
  expect((await readdir(folder)).sort()).toEqual([
    'teacher.json',
    'teacher.model.json',
    'teacher.weights.bin',
  ]);
  expect(await isTeacher(folder)).toBe(true);
  const { teacher, manifest: read } = await readTeacher(folder);
  teacher.dispose();
  expect(read).toEqual(manifest);
  const taps = ['teacher/block-1/relu', 'teacher/block-2/relu', 'teacher/features'];
  expect(manifest).toMatchObject({ taps, command: 'node train.js', seed: 4 });
  expect(Object.keys(manifest.accuracy)).toEqual(['shape', 'object-hue']);
});
