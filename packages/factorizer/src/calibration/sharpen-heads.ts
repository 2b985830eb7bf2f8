import { codeOf, factorLogits, normalizeImages } from '@factornet/core';
import { randomStream } from '@factornet/core/training';
import { ColumnStore, type Dataset, eachBatch, type Labels, labelsAt } from '@factornet/data';
import type { InputDescription } from '@factornet/spec';
import { dispose, type Tensor, tidy } from '@tensorflow/tfjs';
import { endsLinearly, multiplyLogits } from '../logit-scale/last-layer';
import type { CommonPart } from '../networks/common-part';
import type { FactorPart } from '../networks/factor-part';
import { findTaskLogits } from '../teacher/task-logits';
import type { Teacher } from '../teacher/teacher';
import type { TeacherLookUp } from '../teacher/teacher-cache';
import { type ProgressListener, reportPass } from '../training/progress';

export interface SharpenHeadsRequest {
  readonly teacher: Teacher;
  /** Its answers to `data`. */
  readonly lookUp: TeacherLookUp;
  /** That the factors were trained on. */
  readonly data: Dataset;
  /** All labels of it, by task. */
  readonly labels: Labels;
  readonly input: InputDescription;
  readonly common: Pick<CommonPart, 'offer'>;
  readonly factors: readonly FactorPart[];
  /** How many pictures to fit on. Default 2048. */
  readonly examples?: number;
  /** Chooses them. */
  readonly seed: number;
  readonly onProgress?: ProgressListener | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Makes heads as sure as their teacher that learned to be less: softened answers leave them so, however right they are. Each
 * such head's logits are divided by the temperature that makes the teacher's probabilities likeliest, as its kind fits it,
 * folded into the last layer; which class is likeliest stays what it was. No head is made less sure: pictures are those it
 * was trained on, and to be surer of these than the teacher says nothing about others.
 *
 * @throws CancelledError on `signal`; heads are then as they were
 */
export async function sharpenHeads(request: SharpenHeadsRequest): Promise<void> {
  const factors = request.factors.filter(
    ({ kind, head }) => kind.fitTemperature !== undefined && endsLinearly(head),
  );
  if (factors.length === 0) return;
  const { data, examples = 2048, seed } = request;
  const indices = randomStream(seed, 'sharpness').permutation(data.size).subarray(0, examples).sort();
  const columns = await collect({ ...request, factors }, indices);
  const labels = labelsAt(request.labels, data.size, indices);
  for (const { task, kind, head } of factors) {
    const answers = {
      outputs: columns.matrix(`${task.name}/own`),
      teacherOutputs: columns.matrix(`${task.name}/taught`),
      labels: labels[task.name],
    };
    const temperature = kind.fitTemperature?.(task, answers) ?? 1;
    if (temperature < 1) await multiplyLogits(head, 1 / temperature);
  }
}

async function collect(
  { teacher, lookUp, data, input, common, factors, onProgress, signal }: SharpenHeadsRequest,
  indices: Int32Array,
): Promise<ColumnStore> {
  const columns = new ColumnStore(indices.length);
  const pass = {
    indices,
    operation: 'Fitting temperatures',
    onProgress: reportPass('calibration', onProgress),
    signal,
  };
  await eachBatch(data, pass, async (batch) => {
    const answers = await lookUp(batch);
    const outputs = tidy(() => {
      const picture = normalizeImages(batch.images, input);
      const offered = { picture, ...common.offer({ indices: batch.indices, picture }) };
      const all: Record<string, Tensor> = {};
      for (const factor of factors) {
        const { task, kind } = factor;
        all[`${task.name}/own`] = factorLogits(factor, offered.features, codeOf(factor, offered));
        all[`${task.name}/taught`] = findTaskLogits(teacher, task, kind).select(answers.logits);
      }
      return all;
    });
    dispose(answers);
    await columns.take(batch.start, outputs);
  });
  return columns;
}
