import { type FactorNetwork, factorLogits, normalizeImages } from '@factornet/core';
import { readingsOfFactor, refuseNonFinite, runOutputs } from '@factornet/core/internal';
import { randomStream } from '@factornet/core/training';
import {
  ColumnStore,
  type Dataset,
  eachBatch,
  type Labels,
  type LabelValues,
  writeLabels,
} from '@factornet/data';
import { kindOf } from '@factornet/spec/internal';
import { dispose, type Tensor, type Tensor2D, tensor2d, tidy, zerosLike } from '@tensorflow/tfjs';
import type { TrainableTaskKind } from '../kinds/trainable-task-kind';
import { codeDistribution, sampleCode } from '../networks/code-distribution';
import type { FrozenCommon } from '../networks/common-part';
import { averagePositions } from '../objective/tap-reading';
import { askTeacher } from '../teacher/ask-teacher';
import { findTaskLogits } from '../teacher/task-logits';
import type { Teacher } from '../teacher/teacher';
import { type ProgressListener, reportPass } from '../training/progress';
import { cellMeans } from './tap-maps';

export interface CollectCodesRequest {
  teacher: Teacher | undefined;
  common: FrozenCommon;
  factors: readonly FactorNetwork[];
  kinds: readonly TrainableTaskKind[];
  data: Dataset;
  /** Seed of the noise in samples of t. */
  seed: number;
  onProgress?: ProgressListener | undefined;
  signal?: AbortSignal | undefined;
}

/** Every network's answers to a whole dataset, one row per example, and its labels. */
export interface Codes {
  readonly labels: Labels;
  /**
   * `common`, `teacher/features/<tap>` (means over positions), `teacher/maps/<tap>` (over cells), and per task `<task>/code`,
   * which is t as it ships, `/logits`, `/logits-without-common`, `/logits-without-specific`, `/teacher-logits`; of a Gaussian
   * code also `/mean`, `/log-variance` and `/sample`.
   */
  readonly columns: ColumnStore;
}

/** Evaluates teacher, common network and factors on every example of a dataset. @throws CancelledError, NonFiniteOutputError */
export async function collectCodes(request: CollectCodesRequest): Promise<Codes> {
  const { teacher, data, factors, kinds, signal } = request;
  const columns = new ColumnStore(data.size);
  const labels: Record<string, LabelValues> = {};
  const pass = { operation: 'evaluate', onProgress: reportPass('evaluation', request.onProgress), signal };
  await eachBatch(data, pass, async ({ images, examples, indices, start }) => {
    writeLabels(labels, data, examples, indices);
    const answers = teacher && (await askTeacher(teacher, [averagePositions, cellMeans], images, kinds));
    const outputs = tidy(() => {
      const picture = normalizeImages(images, request.common.brick.description.input);
      const offered = { picture, ...request.common.offer({ indices, picture }) };
      const z = offered.features;
      const all: Record<string, Tensor> = { common: z };
      for (const [index, kept] of ['features', 'maps'].entries()) {
        for (const [tap, read] of Object.entries(answers?.readings[index] ?? {})) {
          all[`teacher/${kept}/${tap}`] = read.clone();
        }
      }
      for (const factor of factors) {
        const { task } = factor.description;
        const read = readingsOfFactor(factor.description.reads, offered);
        const raw = runOutputs(factor.specific, read, factor.specific.outputs.length) as Tensor2D[];
        const noise = (shape: [number, number]) => {
          const stream = randomStream(request.seed, 'evaluation', task.name, start);
          return tensor2d(stream.normals(shape[0] * shape[1]), shape);
        };
        const t = factor.code.ship(raw, noise);
        all[`${task.name}/code`] = t;
        if (factor.code.gaussian) {
          const code = codeDistribution(raw);
          // What ships may be the mean itself.
          all[`${task.name}/mean`] = code.mean.clone();
          all[`${task.name}/log-variance`] = code.logVariance;
          all[`${task.name}/sample`] = sampleCode(code, noise(code.mean.shape));
        }
        all[`${task.name}/logits`] = factorLogits(factor, z, t);
        all[`${task.name}/logits-without-common`] = factorLogits(factor, zerosLike(z), t);
        all[`${task.name}/logits-without-specific`] = factorLogits(factor, z, zerosLike(t));
        if (teacher && answers) {
          const taught = findTaskLogits(teacher, task, kindOf(task, kinds));
          all[`${task.name}/teacher-logits`] = taught.select(answers.logits);
        }
      }
      return all;
    });
    dispose(answers);
    await columns.take(start, outputs, (name, values, width) =>
      refuseNonFinite(values, width, `${name} of the batch from picture ${start} on`),
    );
  });
  return { labels, columns };
}
