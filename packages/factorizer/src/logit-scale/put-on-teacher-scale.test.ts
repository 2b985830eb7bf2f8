import { add, concatenate, type FactorNetwork, normalizeImages, useBackend } from '@factornet/core';
import { expectCloseArrays, expectNoLeak } from '@factornet/core/testing';
import { adam } from '@factornet/core/training';
import { classSubsets, imagesTensor } from '@factornet/data';
import { CancelledError } from '@factornet/spec';
import { type Tensor2D, tidy } from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { trainableGaussian } from '../codes/trainable-gaussian';
import { disposeFactorization, type Factorization } from '../factorize/factorization';
import { factorize } from '../factorize/factorize';
import type { FactorizeOptions } from '../factorize/factorize-options';
import { trainFactor } from '../factorize/train-factor';
import type { Teacher } from '../teacher/teacher';
import { memoryCheckpoint } from '../testing/memory-checkpoint';
import {
  keepTasks,
  tinyCommon,
  tinyData,
  tinyInput,
  tinySpecific,
  tinyTeacher,
  weightBytes,
} from '../testing/tiny';
import type { ProgressEvent } from '../training/progress';

const whole = keepTasks(tinyData(), ['object-hue', 'shape']);
const groups = { warm: ['red', 'orange', 'violet', 'magenta'], cool: ['lime', 'green', 'cyan', 'blue'] };
const halves = classSubsets(whole, 'object-hue', groups);

let teacher: Teacher;
let options: FactorizeOptions<typeof halves.tasks>;
beforeAll(async () => {
  await useBackend('wasm');
  ({ teacher } = await tinyTeacher(whole.tasks));
  options = {
    teacher,
    stages: 'together',
    data: halves,
    tasks: halves.tasks,
    common: tinyCommon(),
    specific: tinySpecific(),
    epochs: 1,
    batchSize: 16,
    seed: 2,
  };
});
afterAll(() => teacher.dispose());

/** What the run was when its training ended, and what came of it. */
async function beforeAndAfter(fusion = add()): Promise<{
  before: Factorization;
  after: Factorization;
  events: ProgressEvent[];
}> {
  const controller = new AbortController();
  const store = memoryCheckpoint();
  const resumed = { ...options, fusion, checkpoint: () => store };
  let before: Factorization | undefined;
  const stopped = factorize({
    ...resumed,
    signal: controller.signal,
    onProgress: ({ stage }) => stage === 'logit-scale' && controller.abort(),
    onStopped: (partial) => {
      before = partial;
    },
  });
  await expect(stopped).rejects.toSatisfy(CancelledError.isInstance);
  const events: ProgressEvent[] = [];
  const after = await factorize({ ...resumed, onProgress: (event) => events.push(event) });
  await store.clear();
  return { before: before as Factorization, after, events };
}

async function logitsOf(
  { common }: Factorization,
  { description, specific, head }: FactorNetwork,
): Promise<number[][]> {
  const batch = await whole.read([0, 1, 2, 3, 4, 5, 6, 7]);
  const logits = tidy(() => {
    const inputs = normalizeImages(imagesTensor(batch, whole.imageShape), tinyInput);
    const [mean] = specific.predictOnBatch(inputs) as [Tensor2D, Tensor2D];
    const z = common.network.predictOnBatch(inputs) as Tensor2D;
    const joined = description.fusion.type === 'add' ? z.add(mean) : z.concat(mean, 1);
    return head.predictOnBatch(joined) as Tensor2D;
  });
  const values = await logits.array();
  logits.dispose();
  return values;
}

function softmax(row: readonly number[]): number[] {
  const exponentials = row.map(Math.exp);
  const total = exponentials.reduce((sum, value) => sum + value, 0);
  return exponentials.map((value) => value / total);
}

describe('putOnTeacherScale', () => {
  it.each([add(), concatenate()])(
    'leaves what a factor says about its own classes, and every other network, as it was: $type',
    async (fusion) => {
      const { before, after, events } = await beforeAndAfter(fusion);
      const scaled = Object.values(after.factors).filter(
        ({ description }) => description.logitScale !== undefined,
      );
      expect(scaled.length).toBeGreaterThan(0);
      for (const factor of scaled) {
        const { name } = factor.description.task;
        const raw = before.factors[name] as FactorNetwork;
        expect(factor.description.logitScale).toBeGreaterThan(0);
        expect(raw.description).not.toHaveProperty('logitScale');
        const [first, second] = [await logitsOf(before, raw), await logitsOf(after, factor)];
        expectCloseArrays(second.flatMap(softmax), first.flatMap(softmax), { absolute: 1e-5, relative: 0 });
        // The logits themselves did move.
        expect(
          Math.max(...second.flat().map((value, index) => Math.abs(value - (first.flat()[index] as number)))),
        ).toBeGreaterThan(0.1);
        expect(await weightBytes(after.common.network, factor.specific)).toEqual(
          await weightBytes(before.common.network, raw.specific),
        );
      }
      expect(events.filter(({ stage }) => stage === 'logit-scale')).toEqual([
        expect.objectContaining({ type: 'advance', done: 48, total: 48 }),
      ]);
      for (const each of [before, after]) disposeFactorization(each);
    },
  );

  it('gives the same scale and weights again', async () => {
    const run = async () => {
      const made = await factorize(options);
      const { warm, cool } = made.factors as Record<string, FactorNetwork>;
      const heads = await weightBytes((warm as FactorNetwork).head, (cool as FactorNetwork).head);
      disposeFactorization(made);
      return { heads, scales: [warm?.description.logitScale, cool?.description.logitScale] };
    };
    expect(await run()).toEqual(await run());
  });

  it('scales nothing whose label space no teacher knows, and reports no such stage', async () => {
    const stages = new Set<string>();
    const made = await factorize({
      ...options,
      data: whole,
      tasks: whole.tasks,
      onProgress: ({ stage }) => stages.add(stage),
    });
    for (const { description } of Object.values(made.factors))
      expect(description).not.toHaveProperty('logitScale');
    expect([...stages].sort()).toEqual(['calibration', 'teacher', 'training']);
    const { factor } = await trainFactor({
      common: made.common,
      task: halves.tasks[0] as (typeof halves.tasks)[number],
      specific: tinySpecific(),
      data: halves,
      epochs: 1,
      batchSize: 16,
    });
    expect(factor.description).not.toHaveProperty('logitScale');
    factor.specific.dispose();
    factor.head.dispose();
    disposeFactorization(made);
  });

  it('scales a factor that is added to a common-knowledge network, too', async () => {
    const made = await factorize(options);
    const [task] = halves.tasks as [(typeof halves.tasks)[number]];
    const common = made.common;
    const { factor } = await trainFactor({
      common,
      task,
      teacher,
      specific: tinySpecific(),
      // Without labels it learns what the teacher says, and rises where that rises.
      data: keepTasks(halves, []),
      code: trainableGaussian(),
      epochs: 8,
      batchSize: 16,
      optimizer: adam({ learningRate: 0.02 }),
    });
    expect(factor.description.logitScale).toBeGreaterThan(0);
    factor.specific.dispose();
    factor.head.dispose();
    disposeFactorization(made);
  });

  it('leaves no tensor behind', async () => {
    await expectNoLeak(async () => disposeFactorization(await factorize(options)));
  });
});
