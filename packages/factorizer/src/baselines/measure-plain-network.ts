import { normalizeImages } from '@factornet/core';
import { refuseNonFinite } from '@factornet/core/internal';
import {
  ColumnStore,
  type Dataset,
  eachBatch,
  type LabelValues,
  matchTasks,
  writeLabels,
} from '@factornet/data';
import { kindOf } from '@factornet/spec/internal';
import { type LayersModel, type Tensor2D, tidy } from '@tensorflow/tfjs';
import type { PerTask } from '../evaluation/measured';
import type { TrainableTaskKind } from '../kinds/trainable-task-kind';
import { trainableTaskKinds } from '../kinds/trainable-task-kinds';
import { type ProgressListener, reportPass } from '../training/progress';
import type { PlainNetwork } from './plain-network';

export interface MeasurePlainNetworkOptions {
  /** Default `trainableTaskKinds`. */
  kinds?: readonly TrainableTaskKind[] | undefined;
  onProgress?: ProgressListener | undefined;
  signal?: AbortSignal | undefined;
}

/**
 * The score per task on held-out examples, by its kind: of a classification the share of right answers. Classes are matched
 * by name.
 *
 * @throws CancelledError on `signal`
 * @throws NonFiniteOutputError if the network answers NaN or an infinite number
 */
export async function measurePlainNetwork(
  { input, tasks, trunk, heads }: PlainNetwork,
  given: Dataset,
  { kinds = trainableTaskKinds, onProgress, signal }: MeasurePlainNetworkOptions = {},
): Promise<PerTask> {
  const data = matchTasks(given, tasks, kinds);
  const columns = new ColumnStore(data.size);
  const labels: Record<string, LabelValues> = {};
  const pass = { operation: 'evaluate', onProgress: reportPass('evaluation', onProgress), signal };
  await eachBatch(data, pass, async ({ images, examples, indices, start }) => {
    writeLabels(labels, data, examples, indices);
    const outputs = tidy(() => {
      const features = trunk.predictOnBatch(normalizeImages(images, input)) as Tensor2D;
      const answers = Object.entries(heads).map(([task, head]: [string, LayersModel]) => [
        task,
        head.predictOnBatch(features) as Tensor2D,
      ]);
      return Object.fromEntries(answers) as Record<string, Tensor2D>;
    });
    await columns.take(start, outputs, (name, values, width) =>
      refuseNonFinite(values, width, `${name} of the batch from picture ${start} on`),
    );
  });
  const scores = tasks.map((task) => [
    task.name,
    kindOf(task, kinds).measure(task, columns.matrix(task.name), labels[task.name] as LabelValues),
  ]);
  return Object.fromEntries(scores);
}
