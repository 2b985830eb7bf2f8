import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { disposeBrick, useBackend } from '@factornet/core';
import { shapes } from '@factornet/data';
import { layersTeacher } from '@factornet/factorizer';
import { fileCheckpoint } from '@factornet/factorizer/node';
import { tinyCommon, tinyFactor } from '@factornet/packer/testing';
import { convolutional, multiTaskClassifier } from '@factornet/zoo';
import { expect, it } from 'vitest';
import { measureBaselines } from './measure-baselines';

const backbone = convolutional({ filters: [4], strides: 4, features: 12 });

it('trains each with what it may have, measures it, and takes what is trained already from where it is kept', async () => {
  await useBackend('wasm');
  const train = shapes({ size: 32, seed: 1, imageSize: 20 });
  const tasks = train.tasks.filter(({ name }) => name === 'shape' || name === 'size');
  const model = multiTaskClassifier({
    backbone,
    tasks: tasks.map(({ name, classes }) => ({ name, classes: classes.length })),
    inputShape: [20, 20, 3],
    seed: 1,
    name: 'teacher',
  });
  const input = {
    shape: [20, 20, 3],
    layout: 'NHWC',
    normalization: { mean: [0, 0, 0], standardDeviation: [1, 1, 1] },
  } as const;
  const teacher = await layersTeacher({ model, name: 'tiny', input, tasks, taps: [] });
  const common = await tinyCommon();
  const factors = Object.fromEntries(tasks.map((task) => [task.name, tinyFactor(common, task)]));
  const folder = await mkdtemp(join(tmpdir(), 'factornet-baselines-'));
  const run = async (change: object = {}) => {
    const told: string[] = [];
    let steps = 0;
    const baselines = await measureBaselines({
      teacher,
      networks: { common, factors },
      backbone,
      train,
      test: shapes({ size: 20, seed: 2, imageSize: 20 }),
      epochs: 2,
      batchSize: 16,
      checkpoint: (network) => fileCheckpoint(join(folder, `${network}.safetensors`)),
      onProgress(event) {
        if (event.type === 'note') told.push(event.message);
        if (event.type === 'step') steps++;
      },
      ...change,
    });
    return { baselines, told, steps };
  };
  try {
    const { baselines, told, steps } = await run();
    const own = Object.values(factors).map(({ description }) => description.parameters);
    const sum = own.reduce((total, parameters) => total + parameters, 0);
    const shared = common.description.parameters;
    const wanted = { 'shared-trunk': shared + sum, students: 2 * shared + sum };
    for (const [name, figures] of Object.entries(baselines)) {
      expect(Object.keys(figures.accuracy)).toEqual(['shape', 'size']);
      expect(figures.epochs).toBe(2);
      // Few channels, so that one of them is several percent.
      const ratio = figures.parameters / wanted[name as keyof typeof wanted];
      expect(ratio).toBeGreaterThan(0.9);
      expect(ratio).toBeLessThan(1.1);
    }
    expect(told).toEqual([
      'baseline 1 of 3: shared-trunk',
      'baseline 2 of 3: student-shape',
      'baseline 3 of 3: student-size',
    ]);
    expect(steps).toBe(3 * 2 * 2);
    const again = await run({ which: ['students'] });
    expect(again.steps).toBe(0);
    expect(Object.keys(again.baselines)).toEqual(['students']);
    expect(again.baselines.students).toMatchObject({
      ...baselines.students,
      seconds: expect.any(Number),
    });
  } finally {
    for (const brick of [common, ...Object.values(factors)]) disposeBrick(brick);
    teacher.dispose();
    await rm(folder, { recursive: true });
  }
});
