import {
  type CommonNetwork,
  codeOf,
  commonOutputs,
  type FactorNetwork,
  factorLogits,
  normalizeImages,
} from '@factornet/core';
import { randomStream } from '@factornet/core/training';
import {
  type Dataset,
  type EachBatchOptions,
  type ExampleBatch,
  eachBatch,
  type LabelValues,
  writeLabels,
} from '@factornet/data';
import { pictureDataUri } from '@factornet/data/node';
import { type PerTask, type TrainableTaskKind, trainableTaskKinds } from '@factornet/factorizer';
import type { TaskDescription } from '@factornet/spec';
import { kindOf, outputSize } from '@factornet/spec/internal';
import { dispose, type Tensor4D, tidy } from '@tensorflow/tfjs';
import { jointAnswersOf } from './joint-answers';
import type { JointAnswers } from './measure-joint';
import type { ReportExample } from './report';

export interface MeasureAnswersOptions extends Pick<EachBatchOptions, 'onProgress' | 'signal'> {
  readonly common: CommonNetwork;
  /** By task; those that are asked. */
  readonly factors: Readonly<Record<string, FactorNetwork>>;
  /** Kinds of their tasks. Default `trainableTaskKinds`. */
  readonly kinds?: readonly TrainableTaskKind[] | undefined;
  /** Labelled for their tasks, see `labelFor` of data. */
  readonly data: Dataset;
  /** What the assembly's heads put out, `[batch × outputs]` by task, of pictures of which `start` came before. */
  readonly answer: (images: Tensor4D, start: number) => Promise<Readonly<Record<string, Float32Array>>>;
  /** How many pictures are shown with what is said of them. Default 12. */
  readonly examples?: number;
  /** Chooses them. Default 0. */
  readonly seed?: number;
}

/** What came of an assembly's answers. */
export interface MeasuredAnswers {
  /** Scores by the tasks' kinds. */
  readonly accuracy: PerTask;
  /** Largest |assembly's logit − factor's own logit|. */
  readonly maxAbsoluteDifference: number;
  /** What it says together, of every label space of which there are two factors that compare. */
  readonly joint: readonly JointAnswers[];
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
  kinds = trainableTaskKinds,
  data,
  answer,
  examples: count = 12,
  seed = 0,
  ...pass
}: MeasureAnswersOptions): Promise<MeasuredAnswers> {
  const tasks = Object.keys(factors);
  const answers: Record<string, Float32Array> = {};
  const labels: Record<string, LabelValues> = {};
  const pictures = new Map<number, string>();
  // The first ones of a folder would be of one class.
  const shown = new Set(randomStream(seed, 'report-examples').permutation(data.size).subarray(0, count));
  let maxAbsoluteDifference = 0;
  // Another batch size rounds differently in the last bit, so that whoever answers elsewhere takes the same.
  await eachBatch(
    data,
    { ...pass, batchSize: ANSWERS_BATCH },
    async ({ images, examples: batch, indices, start }) => {
      writeLabels(labels, data, batch, indices);
      const said = await answer(images, start);
      const own = await ownLogits(common, factors, images);
      for (const task of tasks) {
        const values = said[task] as Float32Array;
        const expected = own[task] as Float32Array;
        maxAbsoluteDifference = Math.max(maxAbsoluteDifference, largestDifference(values, expected));
        const columns = values.length / batch.size;
        answers[task] ??= new Float32Array(data.size * columns);
        answers[task].set(values, start * columns);
      }
      for (let index = 0; index < batch.size; index++) {
        if (!shown.has(start + index)) continue;
        pictures.set(start + index, await pictureOf(batch, index, data));
      }
    },
  );
  const measured = Object.values(factors).map(({ description: { task } }) =>
    measureTask(task, kinds, answers[task.name] as Float32Array, labels[task.name] as LabelValues),
  );
  const perTask = <T>(value: (task: MeasuredTask) => T | undefined): Record<string, T> =>
    Object.fromEntries(
      measured.flatMap((task) => {
        const found = value(task);
        return found === undefined ? [] : [[task.name, found]];
      }),
    );
  return {
    accuracy: perTask(({ score }) => score),
    maxAbsoluteDifference,
    joint: jointAnswersOf(Object.values(factors), answers),
    examples: [...pictures].map(([example, image]) => ({
      image,
      truth: perTask(({ truth }) => truth(example)),
      predicted: perTask(({ predicted }) => predicted(example)),
    })),
  };
}

/** How many pictures are asked for at once. */
export const ANSWERS_BATCH = 100;

/** The logits of every factor by itself, `[batch × classes]`. */
async function ownLogits(
  { network, description }: CommonNetwork,
  factors: Readonly<Record<string, FactorNetwork>>,
  images: Tensor4D,
): Promise<Record<string, Float32Array>> {
  const own = tidy(() => {
    const inputs = normalizeImages(images, description.input);
    const offered = commonOutputs({ network, maps: description.maps }, inputs);
    return Object.values(factors).map((factor) =>
      factorLogits(factor, offered.features, codeOf(factor, offered)),
    );
  });
  const values = await Promise.all(own.map((logits) => logits.data<'float32'>()));
  dispose(own);
  return Object.fromEntries(Object.keys(factors).map((task, index) => [task, values[index] as Float32Array]));
}

function largestDifference(one: Float32Array, other: Float32Array): number {
  if (one.length !== other.length) throw new RangeError(`${one.length} values against ${other.length}`);
  return one.reduce((most, value, index) => Math.max(most, Math.abs(value - (other[index] as number))), 0);
}

function pictureOf({ images, size }: ExampleBatch, index: number, { imageShape }: Dataset): Promise<string> {
  const length = images.length / size;
  return pictureDataUri(images.subarray(index * length, (index + 1) * length), imageShape);
}

interface MeasuredTask {
  readonly name: string;
  readonly score: number;
  /** The label of an example in words, where there is a right answer. */
  truth(example: number): string | undefined;
  /** What was said of an example, in words. */
  predicted(example: number): string;
}

function measureTask(
  task: TaskDescription,
  kinds: readonly TrainableTaskKind[],
  outputs: Float32Array,
  labels: LabelValues,
): MeasuredTask {
  const kind = kindOf(task, kinds);
  const columns = outputSize(kind, task);
  const prediction = kind.decode(outputs, task);
  const said = (example: number) => kind.rows(kind.tell(prediction, example))[0]?.[0] ?? '';
  const known = (example: number) => kind.explainLabel(task, labels, example);
  return {
    name: task.name,
    score: kind.measure(task, { rows: outputs.length / columns, columns, data: outputs }, labels),
    // Where no answer is simply right or wrong, both are told together.
    ...(kind.answer === undefined
      ? {
          truth: () => undefined,
          predicted: (example) => `${said(example)} (labelled ${known(example) ?? 'nothing'})`,
        }
      : { truth: known, predicted: said }),
  };
}
