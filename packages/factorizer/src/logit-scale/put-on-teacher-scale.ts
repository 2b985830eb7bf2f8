import { codeOf, factorLogits, normalizeImages } from '@factornet/core';
import { randomStream } from '@factornet/core/training';
import { ColumnStore, type Dataset, eachBatch } from '@factornet/data';
import type { InputDescription } from '@factornet/spec';
import type { LayersModel, Tensor } from '@tensorflow/tfjs';
import { dispose, tidy } from '@tensorflow/tfjs';
import type { CommonPart } from '../networks/common-part';
import type { FactorPart } from '../networks/factor-part';
import type { Teacher } from '../teacher/teacher';
import type { TeacherLookUp } from '../teacher/teacher-cache';
import { type ProgressListener, reportPass } from '../training/progress';
import { fitLogitScale } from './fit-logit-scale';
import { type TaughtLabelSpace, taughtLabelSpace } from './label-space';
import { beforeLastLayer, endsLinearly, setLogitMean } from './last-layer';

export interface TeacherScaleRequest {
  readonly teacher: Teacher;
  /** Its answers to `data`. */
  readonly lookUp: TeacherLookUp;
  readonly data: Dataset;
  readonly input: InputDescription;
  readonly common: Pick<CommonPart, 'offer'>;
  readonly factors: readonly FactorPart[];
  /** Chooses the pictures. */
  readonly seed: number;
  /** How many pictures to fit on, of whatever class. Default 4096. */
  readonly examples?: number;
  readonly onProgress?: ProgressListener | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A factor for some classes of a label space that the teacher knows as a whole. */
interface Member {
  readonly factor: FactorPart;
  readonly space: TaughtLabelSpace;
  readonly before: LayersModel;
}

/**
 * Puts the logits of factors for some classes of a label space on their teacher's scale, so that those of several such
 * factors can be compared: times the number that is returned for its task, a factor's logits are the teacher's less
 * their mean over all of the label space, as nearly as its code can tell ({@link fitLogitScale}).
 *
 * Training leaves that open, since the softmax over a task's own classes does not see what is added to all of its
 * logits. So it can be fitted afterwards, without changing any of the factor's own answers, and is folded into the last
 * layer of the head. Pictures of all classes take part, those that the factor has no label for included.
 *
 * @returns the scale per task; none for tasks that are no part of a label space of the teacher
 * @throws CancelledError on `signal`; heads are then as they were
 */
export async function putOnTeacherScale(request: TeacherScaleRequest): Promise<Record<string, number>> {
  const { teacher, factors } = request;
  const members = factors.flatMap((factor): Member[] => {
    const space = taughtLabelSpace(teacher, factor.task);
    if (space === undefined || !endsLinearly(factor.head)) return [];
    return [{ factor, space, before: beforeLastLayer(factor.head) }];
  });
  if (members.length === 0) return {};
  const columns = await collect(request, members);
  const scales: Record<string, number> = {};
  for (const { factor, space } of members) {
    const { name } = factor.task;
    const fitted = fitLogitScale({
      codes: columns.matrix(`${name}/code`),
      logits: columns.matrix(`${name}/logits`),
      teacherLogits: columns.matrix(`teacher/${space.name}`),
      indices: space.indices,
    });
    if (fitted === undefined) continue;
    await setLogitMean(factor.head, fitted);
    scales[name] = fitted.scale;
  }
  return scales;
}

/** Codes and logits of every member, and the teacher's logits, for pictures drawn from the whole dataset. */
async function collect(request: TeacherScaleRequest, members: readonly Member[]): Promise<ColumnStore> {
  const { data, lookUp, input, common, seed, examples = 4096, onProgress, signal } = request;
  const indices = randomStream(seed, 'logit-scale').permutation(data.size).subarray(0, examples).sort();
  const columns = new ColumnStore(indices.length);
  const spaces = new Set(members.map(({ space }) => space.name));
  const pass = {
    indices,
    operation: 'Fitting logit scales',
    onProgress: reportPass('logit-scale', onProgress),
    signal,
  };
  await eachBatch(data, pass, async (batch) => {
    const answers = await lookUp(batch);
    const outputs = tidy(() => {
      const picture = normalizeImages(batch.images, input);
      const offered = { picture, ...common.offer({ indices: batch.indices, picture }) };
      const z = offered.features;
      const all: Record<string, Tensor> = {};
      for (const { factor, before } of members) {
        const mean = codeOf(factor, offered);
        const { name } = factor.task;
        all[`${name}/code`] = factorLogits({ ...factor, head: before }, z, mean);
        all[`${name}/logits`] = factorLogits(factor, z, mean);
      }
      for (const name of spaces) all[`teacher/${name}`] = answers.logits[name]?.clone() as Tensor;
      return all;
    });
    dispose(answers);
    await columns.take(batch.start, outputs);
  });
  return columns;
}
