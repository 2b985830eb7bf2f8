import {
  type CommonNetwork,
  codeOf,
  commonOutputs,
  type FactorModels,
  type FactorNetwork,
  factorLogits,
  normalizeImages,
} from '@factornet/core';
import { runModel } from '@factornet/core/internal';
import { cached, type Dataset, eachBatch, type LabelValues, writeLabels } from '@factornet/data';
import {
  type ProgressListener,
  reportPass,
  type TrainableTaskKind,
  trainableTaskKinds,
} from '@factornet/factorizer';
import type { NarrowedAccuracy } from '@factornet/packer';
import { PICTURE } from '@factornet/spec';
import { kindOf, outputSize } from '@factornet/spec/internal';
import { type LayersModel, type Tensor, tensor2d, tidy } from '@tensorflow/tfjs';
import { checkPictures } from './probe-pictures';

export interface NarrowingMeterOptions {
  /** As it was trained. */
  common: CommonNetwork;
  /** The same network, as its package holds it. */
  published: LayersModel;
  /** Kinds of the tasks. Default `trainableTaskKinds`. */
  kinds?: readonly TrainableTaskKind[] | undefined;
  /** Labelled for the tasks of the factors. */
  data: Dataset;
  onProgress?: ProgressListener;
  signal?: AbortSignal;
}

/**
 * Measures what narrowing costs in accuracy, factor by factor; the common networks run once for all of them, and again for
 * each that reads a map.
 */
export interface NarrowingMeter {
  /** @throws CancelledError */
  measure(factor: FactorNetwork, narrowed: FactorModels): Promise<NarrowedAccuracy>;
}

/** @throws ShapeMismatchError if the pictures are not what the networks take, CancelledError */
export async function narrowingMeter({
  common: { network, description },
  published,
  kinds = trainableTaskKinds,
  data: source,
  onProgress,
  signal,
}: NarrowingMeterOptions): Promise<NarrowingMeter> {
  const { input, maps } = description;
  checkPictures(source, input);
  const data = cached(source);
  const [features] = description.features.shape;

  /** Answers of two networks to every picture, `columns` per picture. */
  async function collect(columns: number, evaluate: (inputs: Tensor, start: number) => [Tensor, Tensor]) {
    const answers = [0, 1].map(() => new Float32Array(data.size * columns)) as [Float32Array, Float32Array];
    const labels: Record<string, LabelValues> = {};
    const pass = {
      batchSize: 100,
      operation: 'pack',
      onProgress: reportPass('evaluation', onProgress),
      signal,
    };
    await eachBatch(data, pass, async ({ images, examples, indices, start }) => {
      writeLabels(labels, data, examples, indices);
      const both = tidy(() => evaluate(normalizeImages(images, input), start));
      for (const [index, tensor] of both.entries()) {
        answers[index]?.set(await tensor.data(), start * columns);
        tensor.dispose();
      }
    });
    return { answers, labels };
  }

  const z = await collect(features, (inputs) => [runModel(network, inputs), runModel(published, inputs)]);
  return {
    async measure(factor, narrowed) {
      const readsMaps = factor.description.reads.some(({ from }) => from !== PICTURE);
      const predict = (one: FactorModels, index: 0 | 1, inputs: Tensor, start: number) => {
        const offered = readsMaps
          ? commonOutputs({ network: [network, published][index] as LayersModel, maps }, inputs)
          : { picture: inputs, maps: {} };
        const length = inputs.shape[0] as number;
        const rows = z.answers[index].subarray(start * features, (start + length) * features);
        return factorLogits(one, tensor2d(rows, [length, features]), codeOf(one, offered));
      };
      const { task } = factor.description;
      const kind = kindOf(task, kinds);
      const columns = outputSize(kind, task);
      const { answers, labels } = await collect(columns, (inputs, start) => [
        predict(factor, 0, inputs, start),
        predict(narrowed, 1, inputs, start),
      ]);
      const expected = labels[task.name] as LabelValues;
      const score = (data: Float32Array) =>
        kind.measure(task, { rows: data.length / columns, columns, data }, expected);
      const all = Array.from({ length: data.size }, (_, example) => example);
      return {
        before: score(answers[0]),
        after: score(answers[1]),
        examples: all.filter((example) => kind.explainLabel(task, expected, example) !== undefined).length,
        data: data.name,
      };
    },
  };
}
