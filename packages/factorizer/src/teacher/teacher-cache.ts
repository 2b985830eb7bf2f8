import { inParts } from '@factornet/core/internal';
import { type Dataset, eachBatch } from '@factornet/data';
import { InvalidOptionError } from '@factornet/spec';
import { gather, type Tensor, type Tensor2D, type Tensor4D, tensor2d, tidy } from '@tensorflow/tfjs';
import { type ProgressListener, reportPass } from '../training/progress';
import { areProbabilities } from './output-logits';
import type { Teacher, TeacherOutput } from './teacher';

/** A teacher's answers to a whole dataset: it is frozen, so once is enough. */
export interface TeacherCache {
  /** The answers to these examples; the caller disposes of the tensors. */
  lookUp(indices: Int32Array): TeacherOutput;
  dispose(): void;
}

export interface TeacherCacheOptions {
  batchSize?: number;
  onProgress?: ProgressListener | undefined;
  signal?: AbortSignal | undefined;
}

/**
 * Evaluates the teacher on every example of a dataset.
 *
 * @throws CancelledError
 * @throws InvalidOptionError for a teacher that answers with probabilities instead of logits
 */
export async function cacheTeacher(
  teacher: Teacher,
  dataset: Dataset,
  { batchSize = 128, onProgress, signal }: TeacherCacheOptions = {},
): Promise<TeacherCache> {
  const features = widthsToArrays(teacher.tapFeatures, dataset.size);
  const logits = widthsToArrays(
    Object.fromEntries(teacher.tasks.map((task) => [task.name, task.classes.length])),
    dataset.size,
  );
  const pass = {
    batchSize,
    operation: 'Evaluating the teacher',
    onProgress: reportPass('teacher', onProgress),
    signal,
  };
  await eachBatch(dataset, pass, async ({ images, start }) => {
    const output = evaluateInParts(teacher, images);
    for (const [arrays, tensors] of [
      [features, output.features],
      [logits, output.logits],
    ] as const) {
      for (const [name, tensor] of Object.entries(tensors)) {
        const { values, width } = arrays[name] as ColumnBlock;
        values.set(await tensor.data<'float32'>(), start * width);
        tensor.dispose();
      }
    }
  });
  for (const [task, { values, width }] of Object.entries(logits)) {
    if (!areProbabilities(values, width)) continue;
    throw new InvalidOptionError(
      {
        option: 'teacher',
        expected: 'a teacher that answers with logits',
        received: `probabilities for "${task}": no answer is negative, and each adds up to 1`,
      },
      { hint: 'Let it give what comes before its softmax, or the logarithm of its probabilities.' },
    );
  }
  const all = { features: toTensors(features, dataset.size), logits: toTensors(logits, dataset.size) };
  return {
    lookUp: (indices) =>
      tidy(() => ({ features: rows(all.features, indices), logits: rows(all.logits, indices) })),
    dispose() {
      for (const tensor of [...Object.values(all.features), ...Object.values(all.logits)]) tensor.dispose();
    },
  };
}

function evaluateInParts(teacher: Teacher, images: Tensor4D): TeacherOutput {
  const taps = teacher.taps.length;
  const names = [...teacher.taps, ...teacher.tasks.map(({ name }) => name)];
  const outputs = inParts(images, images.shape[0], (part) => {
    const { features, logits } = teacher.evaluate(part);
    return names.map((name, index) => (index < taps ? features : logits)[name] as Tensor2D);
  });
  const entries = names.map((name, index) => [name, outputs[index] as Tensor2D] as const);
  return {
    features: Object.fromEntries(entries.slice(0, taps)),
    logits: Object.fromEntries(entries.slice(taps)),
  };
}

interface ColumnBlock {
  readonly values: Float32Array;
  readonly width: number;
}

function widthsToArrays(
  widths: Readonly<Record<string, number>>,
  length: number,
): Record<string, ColumnBlock> {
  return Object.fromEntries(
    Object.entries(widths).map(([name, width]) => [
      name,
      { values: new Float32Array(length * width), width },
    ]),
  );
}

function toTensors(blocks: Record<string, ColumnBlock>, length: number): Record<string, Tensor2D> {
  return Object.fromEntries(
    Object.entries(blocks).map(([name, { values, width }]) => [name, tensor2d(values, [length, width])]),
  );
}

function rows(tensors: Readonly<Record<string, Tensor2D>>, indices: Int32Array): Record<string, Tensor2D> {
  return Object.fromEntries(
    Object.entries(tensors).map(([name, tensor]) => [name, gather(tensor as Tensor, indices) as Tensor2D]),
  );
}
