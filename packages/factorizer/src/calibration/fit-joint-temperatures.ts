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
  ColumnStore,
  type Dataset,
  eachBatch,
  type Labels,
  type LabelValues,
  matchTasks,
  writeLabels,
} from '@factornet/data';
import { fitTemperature } from '@factornet/metrics';
import { dispose, type Tensor, tidy } from '@tensorflow/tfjs';
import type { TrainableTaskKind } from '../kinds/trainable-task-kind';
import { askTeacher } from '../teacher/ask-teacher';
import type { Teacher } from '../teacher/teacher';
import { type ProgressListener, reportPass } from '../training/progress';
import { type JointSpace, jointSpacesOf } from './joint-spaces';
import { labelTargets, scaledLogits, taughtTargets } from './joint-targets';

export interface JointTemperatureRequest {
  /** Answers for pictures whose labels do not serve. */
  readonly teacher: Teacher;
  readonly common: CommonNetwork;
  readonly factors: readonly FactorNetwork[];
  readonly kinds: readonly TrainableTaskKind[];
  /** Pictures to fit on; classes are matched by name. */
  readonly data: Dataset;
  /** Whether the networks were trained on them: then they know the labels by heart, and the teacher answers. Default false. */
  readonly trainedOn?: boolean;
  /** How many of them, of whatever class. Default 4096. */
  readonly examples?: number;
  /** Chooses them. */
  readonly seed: number;
  readonly onProgress?: ProgressListener | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * The temperature T of each label space that several factors tell together: with it, `softmax_j s_j · logits_j / T` over
 * all of their classes makes the labels likeliest (`fitTemperature` of metrics). Pictures of other classes do not count.
 * Without labels, or on pictures that the networks were trained on, the teacher's probabilities serve, each picture as much
 * as it is of these classes.
 *
 * @returns T by label space; none where no picture has a label in it
 * @throws CancelledError on `signal`
 */
export async function fitJointTemperatures(request: JointTemperatureRequest): Promise<Map<string, number>> {
  const spaces = jointSpacesOf(request.factors);
  const temperatures = new Map<string, number>();
  if (spaces.length === 0) return temperatures;
  const { columns, labels } = await collect(request, spaces);
  for (const space of spaces) {
    const logits = scaledLogits(space, columns);
    const targets = isLabelled(space, request)
      ? labelTargets(space, labels, columns.rows)
      : taughtTargets(space, columns);
    if (!targets.data.some((value) => value > 0)) continue;
    temperatures.set(space.name, fitTemperature(logits, targets));
  }
  return temperatures;
}

type LabelSource = { readonly data: Dataset; readonly trainedOn?: boolean | undefined };

function isLabelled({ members }: JointSpace, { data: { tasks }, trainedOn = false }: LabelSource): boolean {
  if (trainedOn) return false;
  return members.some(({ task }) => tasks.some(({ name }) => name === task));
}

/** By task what factors and, where it is needed, the teacher say of chosen pictures, and their labels. */
async function collect(
  {
    teacher,
    common,
    factors,
    kinds,
    data: given,
    examples = 4096,
    seed,
    trainedOn,
    ...request
  }: JointTemperatureRequest,
  spaces: readonly JointSpace[],
): Promise<{ columns: ColumnStore; labels: Labels }> {
  const data = matchTasks(
    given,
    factors.map(({ description }) => description.task),
    kinds,
  );
  const indices = randomStream(seed, 'calibration').permutation(data.size).subarray(0, examples).sort();
  const columns = new ColumnStore(indices.length);
  const labels: Record<string, LabelValues> = {};
  const taught = spaces
    .filter((space) => !isLabelled(space, { data: given, trainedOn }))
    .map(({ name }) => name);
  const pass = {
    indices,
    operation: 'Fitting temperatures',
    onProgress: reportPass('calibration', request.onProgress),
    signal: request.signal,
  };
  const { input, maps } = common.description;
  await eachBatch(data, pass, async ({ images, examples: batch, start }) => {
    const positions = Int32Array.from({ length: batch.size }, (_, index) => start + index);
    writeLabels(labels, { ...data, size: indices.length }, batch, positions);
    const answers = taught.length > 0 ? await askTeacher(teacher, [], images, kinds) : undefined;
    const outputs = tidy(() => {
      const offered = commonOutputs({ network: common.network, maps }, normalizeImages(images, input));
      const all: Record<string, Tensor> = {};
      for (const { task, factor } of spaces.flatMap(({ members }) => members)) {
        all[task] = factorLogits(factor, offered.features, codeOf(factor, offered));
      }
      for (const name of taught) all[`teacher/${name}`] = answers?.logits[name]?.clone() as Tensor;
      return all;
    });
    dispose(answers);
    await columns.take(start, outputs);
  });
  return { columns, labels };
}
