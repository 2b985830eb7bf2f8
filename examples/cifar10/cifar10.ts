// The same way on real pictures: pnpm --filter @factornet/example-cifar10 start --data PATH
import { resolve } from 'node:path';
import { useBackend } from '@factornet/core';
import type { Dataset } from '@factornet/data';
import { randomFlip, randomShift } from '@factornet/data';
import { runExample, trainExampleTeacher } from '@factornet/example-pipeline';
import { isTeacher } from '@factornet/factorizer/node';
import {
  asTwoTasks,
  commonBackbone,
  drawPictures,
  input,
  outDirectory,
  readPart,
  specificBackbones,
  teacherBackbone,
  teacherDirectory,
  teacherTraining,
  training,
} from './settings';

await runExample(
  'cifar10',
  'Factorizes a CIFAR-10 network into vehicles and animals',
  async (settings, { data = 'data', retrain, limit }) => {
    // pnpm --filter changes the working directory; the path is relative to where the reader typed it.
    const folder = resolve(process.env.INIT_CWD ?? '.', data);
    process.stderr.write('Decoding pictures …\n');
    const train = drawPictures(await readPart(folder, 'train', settings.signal), limit);
    const test = drawPictures(await readPart(folder, 'test', settings.signal), limit && Math.ceil(limit / 5));
    await ensureTeacher(train, test, retrain === true, settings.signal);
    const tasks = asTwoTasks(train).tasks;
    return {
      title: 'factornet on CIFAR-10',
      teacherDirectory,
      train: asTwoTasks(train),
      test: asTwoTasks(test),
      tasks,
      common: commonBackbone(),
      specific: specificBackbones(),
      ...training,
      scope: '@cifar10',
      outDirectory,
      ...settings,
    };
  },
  (command) =>
    command
      .option('--data <path>', 'folder with train and test, as folders or tar files of class folders', 'data')
      .option('--retrain', 'train the teacher again, even if out/teacher holds one')
      .option('--limit <count>', 'draw so many training pictures, and a fifth as many to test on', Number),
);

/** Trains the teacher on 10 classes, unless an earlier run did. */
async function ensureTeacher(
  train: Dataset,
  test: Dataset,
  retrain: boolean,
  signal: AbortSignal | undefined,
): Promise<void> {
  if (!retrain && (await isTeacher(teacherDirectory))) return;
  await useBackend('wasm');
  process.stderr.write('\n0. Training a teacher over 10 classes\n');
  const startedAt = performance.now();
  await trainExampleTeacher(teacherDirectory, {
    ...teacherTraining,
    name: 'cifar10',
    backbone: teacherBackbone(),
    input,
    data: train,
    test,
    augmentations: [randomFlip(), randomShift({ pixels: 3 })],
    command: 'pnpm --filter @factornet/example-cifar10 start --data PATH',
    ...(signal && { signal }),
  });
  const minutes = (performance.now() - startedAt) / 60_000;
  process.stderr.write(`Trained in ${minutes.toFixed(1)} minutes\n`);
}
