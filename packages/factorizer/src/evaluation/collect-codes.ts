import { type CommonNetwork, type FactorNetwork, normalizeImages, refuseNonFinite } from '@factornet/core';
import {
  estimateSecondsLeft,
  randomStream,
  throwIfCancelled,
  yieldToEventLoop,
} from '@factornet/core/training';
import { type Dataset, imagesTensor } from '@factornet/data';
import { LOG_VARIANCE_LIMITS } from '@factornet/mi';
import { clipByValue, exp, type Tensor, type Tensor2D, tensor2d, tidy, zerosLike } from '@tensorflow/tfjs';
import { findTaskLogits } from '../teacher/task-logits';
import type { Teacher } from '../teacher/teacher';
import type { ProgressListener } from '../training/progress';
import { ColumnStore } from './column-store';

export interface CollectCodesRequest {
  teacher: Teacher | undefined;
  common: CommonNetwork;
  factors: readonly FactorNetwork[];
  data: Dataset;
  /** Seed of the noise in samples of t. */
  seed: number;
  batchSize?: number;
  onProgress?: ProgressListener | undefined;
  signal?: AbortSignal | undefined;
}

/** Every network's answers to a whole dataset, one row per example, and its labels. */
export interface Codes {
  readonly labels: Readonly<Record<string, Int32Array>>;
  /** `common`, `teacher/features`, and per task `<task>/mean`, `/log-variance`, `/sample`, `/logits`, `/logits-without-common`, `/logits-without-specific`, `/teacher-logits`. */
  readonly columns: ColumnStore;
}

/** Evaluates teacher, common network and factors on every example of a dataset. @throws CancelledError, NonFiniteOutputError */
export async function collectCodes(request: CollectCodesRequest): Promise<Codes> {
  const { data, batchSize = 128, onProgress, signal, factors } = request;
  const columns = new ColumnStore(data.size);
  const labels = Object.fromEntries(data.tasks.map(({ name }) => [name, new Int32Array(data.size)]));
  const startedAt = performance.now();
  for (let start = 0; start < data.size; start += batchSize) {
    throwIfCancelled('evaluate', signal);
    const length = Math.min(batchSize, data.size - start);
    const batch = await data.read(Int32Array.from({ length }, (_, index) => start + index));
    for (const [task, all] of Object.entries(labels)) all.set(batch.labels[task] as Int32Array, start);
    const outputs = tidy(() => {
      const images = imagesTensor(batch, data.imageShape);
      const inputs = normalizeImages(images, request.common.description.input);
      const z = request.common.network.predictOnBatch(inputs) as Tensor2D;
      const answers = request.teacher?.evaluate(images);
      const all: Record<string, Tensor2D> = { common: z };
      for (const [tap, features] of Object.entries(answers?.features ?? {})) {
        all[`teacher/features/${tap}`] = features;
      }
      for (const { description, specific, head } of factors) {
        const { task } = description;
        const [mean, raw] = specific.predictOnBatch(inputs) as [Tensor2D, Tensor2D];
        const logVariance = clipByValue(raw, ...LOG_VARIANCE_LIMITS) as Tensor2D;
        const noise = randomStream(request.seed, 'evaluation', task.name, start).normals(mean.size);
        const deviation = exp(logVariance.div(2));
        const apply = (code: Tensor) => head.predictOnBatch(code) as Tensor2D;
        all[`${task.name}/mean`] = mean;
        all[`${task.name}/log-variance`] = logVariance;
        all[`${task.name}/sample`] = mean.add(deviation.mul(tensor2d(noise, mean.shape)));
        all[`${task.name}/logits`] = apply(z.add(mean));
        all[`${task.name}/logits-without-common`] = apply(mean);
        all[`${task.name}/logits-without-specific`] = apply(z.add(zerosLike(mean)));
        if (request.teacher && answers) {
          all[`${task.name}/teacher-logits`] = findTaskLogits(request.teacher, task).select(answers.logits);
        }
      }
      return all;
    });
    const read = [];
    for (const [name, tensor] of Object.entries(outputs)) {
      read.push({ name, columns: tensor.shape[1], values: await tensor.data<'float32'>() });
      tensor.dispose();
    }
    for (const answer of read) {
      refuseNonFinite(answer.values, answer.columns, `${answer.name} of the batch from picture ${start} on`);
      columns.write(answer.name, start, answer.columns, answer.values);
    }
    const done = start + length;
    const secondsLeft = estimateSecondsLeft(startedAt, done, data.size);
    onProgress?.({ type: 'advance', stage: 'evaluation', done, total: data.size, secondsLeft });
    await yieldToEventLoop();
  }
  return { labels, columns };
}
