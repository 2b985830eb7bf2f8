import { type CommonNetwork, type FactorNetwork, normalizeImages, useBackend } from '@factornet/core';
import { adam } from '@factornet/core/training';
import { classSubsets, type Dataset, imagesTensor, shapes } from '@factornet/data';
import { accuracy, argmaxRows } from '@factornet/metrics';
import type { ClassificationTask, InputDescription } from '@factornet/spec';
import { isClassification } from '@factornet/spec/training';
import { convolutional, multiTaskClassifier } from '@factornet/zoo';
import { dispose, type Tensor2D, tidy } from '@tensorflow/tfjs';
import { beforeAll, expect, it } from 'vitest';
import { disposeFactorization, type Factorization } from '../factorize/factorization';
import { factorize } from '../factorize/factorize';
import type { FactorizeOptions } from '../factorize/factorize-options';
import { layersTeacher } from '../teacher/layers-teacher';
import type { Teacher } from '../teacher/teacher';
import { trainTeacher } from '../teacher/train-teacher';
import { memoryCheckpoint } from '../testing/memory-checkpoint';
import { keepTasks } from '../testing/tiny';

const input: InputDescription = {
  shape: [20, 20, 3],
  layout: 'NHWC',
  normalization: { mean: [0.25, 0.25, 0.25], standardDeviation: [0.2, 0.2, 0.2] },
};
const groups = {
  warm: ['red', 'orange', 'violet', 'magenta'],
  cool: ['lime', 'green', 'cyan', 'blue'],
};
const hues = (size: number, seed: number) => keepTasks(shapes({ size, seed, imageSize: 20 }), ['object-hue']);
const backbone = (filters: number[], features: number) =>
  convolutional({ filters, kernelSize: [5, 3], strides: 2, pooling: 'flatten', features });

beforeAll(() => useBackend('wasm'));

it('tells the classes of two factors apart nearly as well as their teacher, on pictures that nobody learned from', async () => {
  const [train, heldOut] = [hues(2400, 1), hues(1000, 2)];
  const teacher = await trainHueTeacher(train);
  const halves = classSubsets(train, 'object-hue', groups);
  const checkpoint = memoryCheckpoint();
  const options: FactorizeOptions<typeof halves.tasks> = {
    teacher,
    stages: 'together',
    data: halves,
    tasks: halves.tasks,
    common: backbone([8, 16], 16),
    specific: backbone([6, 12], 16),
    epochs: 6,
    seed: 1,
    optimizer: adam({ learningRate: 4e-3 }),
    checkpoint: () => checkpoint,
  };
  // Stopped when all is trained but no logit moved: what a factorization would be without any scale.
  const controller = new AbortController();
  let unscaled: Factorization | undefined;
  const stopped = factorize({
    ...options,
    signal: controller.signal,
    onProgress: (event) => event.stage === 'logit-scale' && controller.abort(),
    onStopped: (partial) => {
      unscaled = partial;
    },
  });
  await expect(stopped).rejects.toMatchObject({ code: 'cancelled' });
  // The same run goes on from its checkpoint, which holds all of the training.
  const scaled = await factorize(options);

  const before = await jointAccuracy(unscaled as Factorization, heldOut);
  const after = await jointAccuracy(scaled, heldOut);
  const best = await teacherAccuracy(teacher, heldOut);
  // When written: 0.996, 0.992 and 0.254.
  expect(best).toBeGreaterThan(0.98);
  expect(after).toBeGreaterThan(best - 0.03);
  expect(before).toBeLessThan(0.5);
  for (const { description } of Object.values(scaled.factors))
    expect(description.logitScale).toBeGreaterThan(0);
  teacher.dispose();
  for (const each of [unscaled as Factorization, scaled]) disposeFactorization(each);
});

async function trainHueTeacher(data: Dataset): Promise<Teacher> {
  const { tasks } = data;
  const model = multiTaskClassifier({
    backbone: backbone([12, 24], 24),
    tasks: tasks.filter(isClassification).map(({ name, classes }) => ({ name, classes: classes.length })),
    inputShape: input.shape,
    seed: 1,
    name: 'teacher',
  });
  const optimizer = adam({ learningRate: 4e-3 });
  await trainTeacher({ model, input, tasks, data, epochs: 6, seed: 1, optimizer });
  return layersTeacher({ model, name: 'hues', input, tasks, taps: ['teacher/features'] });
}

async function everything(data: Dataset) {
  const [{ name, classes }] = data.tasks as readonly [ClassificationTask];
  const batch = await data.read(Int32Array.from({ length: data.size }, (_, index) => index));
  return {
    name,
    classes: classes.length,
    images: imagesTensor(batch, data.imageShape),
    labels: batch.labels[name] as Int32Array,
  };
}

async function teacherAccuracy(teacher: Teacher, data: Dataset): Promise<number> {
  const { name, classes, images, labels } = await everything(data);
  const output = await teacher.evaluate(images);
  const logits = output.logits[name] as Tensor2D;
  const matrix = { rows: data.size, columns: classes, data: await logits.data<'float32'>() };
  dispose([images, { ...output }]);
  return accuracy(argmaxRows(matrix), labels);
}

/** Of the largest logit among those of all factors, times their scales if they have any. */
async function jointAccuracy({ common, factors }: Factorization, data: Dataset): Promise<number> {
  const { classes, images, labels } = await everything(data);
  const all = new Float32Array(data.size * classes);
  for (const factor of Object.values(factors)) {
    const { logitScale = 1 } = factor.description;
    const task = factor.description.task as ClassificationTask;
    const logits = ownLogits(common, factor, images);
    (await logits.data()).forEach((value, index) => {
      const row = Math.floor(index / task.classes.length);
      const column = task.labelSpace?.indices[index % task.classes.length] as number;
      all[row * classes + column] = value * logitScale;
    });
    logits.dispose();
  }
  images.dispose();
  return accuracy(argmaxRows({ rows: data.size, columns: classes, data: all }), labels);
}

function ownLogits(
  { network }: CommonNetwork,
  { specific, head }: FactorNetwork,
  images: Parameters<typeof normalizeImages>[0],
): Tensor2D {
  return tidy(() => {
    const inputs = normalizeImages(images, input);
    const [mean] = specific.predictOnBatch(inputs) as [Tensor2D, Tensor2D];
    return head.predictOnBatch((network.predictOnBatch(inputs) as Tensor2D).add(mean)) as Tensor2D;
  });
}
