import {
  type CommonNetwork,
  codeOf,
  type FactorNetwork,
  factorLogits,
  normalizeImages,
} from '@factornet/core';
import { runModel } from '@factornet/core/internal';
import { randomStream } from '@factornet/core/training';
import { type Dataset, type EachBatchOptions, type ExampleBatch, eachBatch } from '@factornet/data';
import { pictureDataUri } from '@factornet/data/node';
import type { PerTask } from '@factornet/factorizer';
import { accuracy, argmaxRows } from '@factornet/metrics';
import { dispose, type Tensor2D, type Tensor4D, tidy } from '@tensorflow/tfjs';
import type { ReportExample } from './report';

export interface MeasureAnswersOptions extends Pick<EachBatchOptions, 'onProgress' | 'signal'> {
  readonly common: CommonNetwork;
  /** By task; those that are asked. */
  readonly factors: Readonly<Record<string, FactorNetwork>>;
  /** Labelled for their tasks, see `labelFor` of data. */
  readonly data: Dataset;
  /** What the assembly says: logits `[batch × classes]` by task, of pictures of which `start` came before. */
  readonly answer: (images: Tensor4D, start: number) => Promise<Readonly<Record<string, Float32Array>>>;
  /** How many pictures are shown with what is said of them. Default 12. */
  readonly examples?: number;
  /** Chooses them. Default 0. */
  readonly seed?: number;
}

/** What came of an assembly's answers. */
export interface MeasuredAnswers {
  readonly accuracy: PerTask;
  /** Largest |assembly's logit − factor's own logit|. */
  readonly maxAbsoluteDifference: number;
  readonly examples: readonly ReportExample[];
}

/**
 * Holds what an assembly says, wherever it runs, against the labels and against what each factor says by itself with the
 * common-knowledge network: the same numbers, where nothing is lost between.
 *
 * @throws CancelledError on `signal`
 */
export async function measureAnswers({
  common,
  factors,
  data,
  answer,
  examples: count = 12,
  seed = 0,
  ...pass
}: MeasureAnswersOptions): Promise<MeasuredAnswers> {
  const tasks = Object.keys(factors);
  const columns = () => Object.fromEntries(tasks.map((task) => [task, new Int32Array(data.size)]));
  const [predicted, labels] = [columns(), columns()];
  const examples: ReportExample[] = [];
  // The first ones of a folder would be of one class.
  const shown = new Set(randomStream(seed, 'report-examples').permutation(data.size).subarray(0, count));
  let maxAbsoluteDifference = 0;
  // Another batch size rounds differently in the last bit, so that whoever answers elsewhere takes the same.
  await eachBatch(data, { ...pass, batchSize: ANSWERS_BATCH }, async ({ images, examples: batch, start }) => {
    const said = await answer(images, start);
    const own = ownLogits(common, factors, images);
    for (const task of tasks) {
      const values = said[task] as Float32Array;
      const expected = await (own[task] as Tensor2D).data<'float32'>();
      maxAbsoluteDifference = Math.max(maxAbsoluteDifference, largestDifference(values, expected));
      const matrix = { rows: batch.size, columns: values.length / batch.size, data: values };
      predicted[task]?.set(argmaxRows(matrix), start);
      labels[task]?.set(batch.labels[task] as Int32Array, start);
    }
    dispose(Object.values(own));
    for (let index = 0; index < batch.size; index++) {
      if (!shown.has(start + index)) continue;
      examples.push({
        image: await pictureOf(batch, index, data),
        truth: classesOf(factors, (task) => batch.labels[task]?.[index]),
        predicted: classesOf(factors, (task) => predicted[task]?.[start + index]),
      });
    }
  });
  const scores = tasks.map((task): [string, number] => [
    task,
    accuracy(predicted[task] as Int32Array, labels[task] as Int32Array),
  ]);
  return { accuracy: Object.fromEntries(scores), maxAbsoluteDifference, examples };
}

/** How many pictures are asked for at once. */
export const ANSWERS_BATCH = 100;

/** The logits of every factor by itself, `[batch, classes]`. */
function ownLogits(
  { network, description }: CommonNetwork,
  factors: Readonly<Record<string, FactorNetwork>>,
  images: Tensor4D,
): Record<string, Tensor2D> {
  return tidy(() => {
    const inputs = normalizeImages(images, description.input);
    const z = runModel(network, inputs) as Tensor2D;
    const logits = Object.entries(factors).map(([task, factor]) => [
      task,
      factorLogits(factor, z, codeOf(factor, inputs)),
    ]);
    return Object.fromEntries(logits);
  });
}

function largestDifference(one: Float32Array, other: Float32Array): number {
  if (one.length !== other.length) throw new RangeError(`${one.length} values against ${other.length}`);
  return one.reduce((most, value, index) => Math.max(most, Math.abs(value - (other[index] as number))), 0);
}

function pictureOf({ images, size }: ExampleBatch, index: number, { imageShape }: Dataset): Promise<string> {
  const length = images.length / size;
  return pictureDataUri(images.subarray(index * length, (index + 1) * length), imageShape);
}

/** Names of classes, of the tasks that have an answer. */
function classesOf(
  factors: Readonly<Record<string, FactorNetwork>>,
  index: (task: string) => number | undefined,
): Record<string, string> {
  const named = Object.entries(factors).flatMap(([task, { description }]) => {
    const name = description.task.classes[index(task) ?? -1];
    return name === undefined ? [] : [[task, name]];
  });
  return Object.fromEntries(named);
}
