import { add, normalizeImages } from '@factornet/core';
import { expectCloseArrays } from '@factornet/core/testing';
import { imagesTensor } from '@factornet/data';
import {
  dispose,
  memory,
  type Scalar,
  scalar,
  setBackend,
  type Tensor,
  type Tensor2D,
  tidy,
} from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { trainableGaussian } from '../codes/trainable-gaussian';
import { trainableClassification } from '../kinds/classification/trainable-classification';
import { createCommonPart } from '../networks/common-part';
import { createFactorPart } from '../networks/factor-part';
import type { TrainingPass } from '../objective/objective-term';
import { averagePositions } from '../objective/tap-reading';
import { askTeacher } from '../teacher/ask-teacher';
import type { Teacher } from '../teacher/teacher';
import { cacheTeacher } from '../teacher/teacher-cache';
import {
  keepTasks,
  taskNamed,
  tinyCommon,
  tinyData,
  tinyInput,
  tinySpecific,
  tinyTeacher,
} from '../testing/tiny';
import type { NetworkOutput } from '../training/network-gradients';
import { evaluatedNetworks, prepareStep, type StepContext } from './prepare-step';

const data = keepTasks(tinyData(12), ['shape']);
const [shape, hue] = ['shape', 'object-hue'].map((name) => taskNamed(tinyData(1), name)) as [
  ReturnType<typeof taskNamed>,
  ReturnType<typeof taskNamed>,
];
const indices = Int32Array.of(7, 2, 9);

let teacher: Teacher;
let context: Omit<StepContext, 'terms'>;
beforeAll(async () => {
  await setBackend('cpu');
  ({ teacher } = await tinyTeacher([shape, hue]));
  const lookUp = await cacheTeacher(teacher, data, { readings: [averagePositions] });
  const request = { input: tinyInput, seed: 1 };
  const common = createCommonPart(tinyCommon(), request);
  const plugIns = { code: trainableGaussian(), fusion: add() };
  const factors = [shape, hue].map((task) =>
    createFactorPart(task, trainableClassification(), tinySpecific(), plugIns, common, request),
  );
  const labels = {
    shape: (await data.read(Array.from({ length: 12 }, (_, index) => index))).labels.shape as Int32Array,
  };
  context = {
    ...{ teacher, data, input: tinyInput, common, factors, lookUp, labels, seed: 1 },
    tasks: factors,
    readings: [averagePositions],
  };
});
afterAll(() => {
  teacher.dispose();
});

/** All that the networks compute in one step, as numbers. */
async function computeStep(key: number) {
  const kept: Record<string, Tensor> = {};
  const record = (name: string, tensor: Tensor | undefined) => {
    if (tensor !== undefined) kept[name] = tensor.clone();
  };
  const evaluate = ({ common, teacherFeatures, factors }: TrainingPass): Scalar => {
    record('common', common);
    for (const [tap, features] of Object.entries(teacherFeatures)) record(tap, features);
    for (const { task, kind, gaussian, ...parts } of factors) {
      for (const [part, tensor] of Object.entries({ ...parts, ...gaussian })) {
        record(`${task.name}/${part}`, tensor);
      }
    }
    return scalar(0);
  };
  const running = { variables: [], evaluate, dispose: () => {} };
  const term = {
    name: 'record',
    weight: 1,
    sense: 'minimise',
    needs: [],
    reads: averagePositions,
    prepare: () => running,
    running,
  } as const;
  const prepared = await prepareStep({ ...context, terms: [term] }, indices, { key, progress: 0 });
  const tensors = tidy(() => {
    prepared.compute(
      evaluatedNetworks(context).map(
        (network, index) =>
          network.apply(prepared.inputs[index]?.[0] as Tensor, { training: true }) as NetworkOutput,
      ),
    );
    return kept;
  });
  prepared.dispose();
  const values: Record<string, Float32Array> = {};
  for (const [name, tensor] of Object.entries(tensors)) {
    values[name] = await tensor.data<'float32'>();
    tensor.dispose();
  }
  return values as Record<string, Float32Array>;
}

describe('prepareStep', () => {
  it('draws t from q(t|x) afresh in every step, from the key of the step alone', async () => {
    const [first, again, next] = [await computeStep(1), await computeStep(1), await computeStep(2)];
    expect(again).toEqual(first);
    expect(next['shape/mean']).toEqual(first['shape/mean']);
    expect(next['shape/sample']).not.toEqual(first['shape/sample']);
    const noise = (step: typeof first, task: string) =>
      (step[`${task}/sample`] as Float32Array).map((value, index) => {
        const deviation = Math.exp((step[`${task}/logVariance`]?.[index] as number) / 2);
        return (value - (step[`${task}/mean`]?.[index] as number)) / deviation;
      });
    const draws = [...noise(first, 'shape'), ...noise(first, 'object-hue'), ...noise(next, 'shape')];
    expect(draws).toHaveLength(3 * 18);
    const mean = draws.reduce((sum, value) => sum + value, 0) / draws.length;
    const variance = draws.reduce((sum, value) => sum + value ** 2, 0) / draws.length;
    expect(Math.abs(mean)).toBeLessThan(3 / Math.sqrt(draws.length));
    expect(Math.abs(variance - 1)).toBeLessThan(3 * Math.sqrt(2 / draws.length));
    expect(noise(first, 'object-hue')).not.toEqual(noise(first, 'shape'));
  });

  it('gives each head z + t', async () => {
    const step = await computeStep(1);
    const fused = (step.common as Float32Array).map(
      (z, index) => z + (step['shape/sample']?.[index] as number),
    );
    const [weights, bias] = (await Promise.all(
      (context.factors[0]?.head.getWeights() ?? []).map((weight) => weight.data()),
    )) as [Float32Array, Float32Array];
    const expected = Array.from({ length: 3 * bias.length }, (_, position) => {
      const [row, column] = [Math.floor(position / bias.length), position % bias.length];
      let logit = bias[column] as number;
      for (let d = 0; d < 6; d++) {
        logit += (fused[row * 6 + d] as number) * (weights[d * bias.length + column] as number);
      }
      return logit;
    });
    expectCloseArrays(step['shape/logits'] as Float32Array, expected, { absolute: 1e-5 });
  });

  it('looks at the pictures, labels and teacher’s answers of its own examples', async () => {
    const step = await computeStep(1);
    const batch = await data.read(indices);
    const classes = shape.classes.length;
    const oneHot = Array.from(batch.labels.shape ?? []).flatMap((label) =>
      Array.from({ length: classes }, (_, k) => (k === label ? 1 : 0)),
    );
    expect([...(step['shape/targets'] ?? [])]).toEqual(oneHot);
    const images = imagesTensor(batch, data.imageShape);
    const answers = await askTeacher(teacher, [averagePositions], images);
    expectCloseArrays(step['shape/teacherLogits'] ?? [], (await answers.logits.shape?.data()) ?? []);
    for (const tap of teacher.taps)
      expectCloseArrays(step[tap] ?? [], (await answers.readings[0]?.[tap]?.data()) ?? []);
    // No labels for hue: its targets are the teacher's soft outputs.
    const soft = tidy(() => (answers.logits['object-hue'] as Tensor2D).softmax());
    expectCloseArrays(step['object-hue/targets'] ?? [], await soft.data());
    const z = tidy(
      () => context.common.network.apply(normalizeImages(images, tinyInput), { training: true }) as Tensor,
    );
    expectCloseArrays(step.common ?? [], await z.data());
    dispose([images, soft, z, answers]);
  });

  it('leaves no tensor behind', async () => {
    const before = memory().numTensors;
    await computeStep(3);
    expect(memory().numTensors).toBe(before);
  });
});
