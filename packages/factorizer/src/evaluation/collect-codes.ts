import { type CommonNetwork, type FactorNetwork, normalizeImages, refuseNonFinite } from '@factornet/core';
import { randomStream } from '@factornet/core/training';
import { ColumnStore, type Dataset, eachBatch } from '@factornet/data';
import { LOG_VARIANCE_LIMITS } from '@factornet/mi';
import { clipByValue, exp, type Tensor, type Tensor2D, tensor2d, tidy, zerosLike } from '@tensorflow/tfjs';
import { findTaskLogits } from '../teacher/task-logits';
import type { Teacher } from '../teacher/teacher';
import { type ProgressListener, reportPass } from '../training/progress';

export interface CollectCodesRequest {
  teacher: Teacher | undefined;
  common: CommonNetwork;
  factors: readonly FactorNetwork[];
  data: Dataset;
  /** Seed of the noise in samples of t. */
  seed: number;
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
  const { data, factors, signal } = request;
  const columns = new ColumnStore(data.size);
  const labels = Object.fromEntries(data.tasks.map(({ name }) => [name, new Int32Array(data.size)]));
  const pass = { operation: 'evaluate', onProgress: reportPass('evaluation', request.onProgress), signal };
  await eachBatch(data, pass, async ({ images, examples, start }) => {
    for (const [task, all] of Object.entries(labels)) all.set(examples.labels[task] as Int32Array, start);
    const outputs = tidy(() => {
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
    await columns.take(start, outputs, (name, values, width) =>
      refuseNonFinite(values, width, `${name} of the batch from picture ${start} on`),
    );
  });
  return { labels, columns };
}
