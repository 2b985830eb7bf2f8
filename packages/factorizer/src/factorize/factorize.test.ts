import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { codeOf, concatenate, type FactorNetwork, useBackend } from '@factornet/core';
import { writeBrick } from '@factornet/core/node';
import { adam, modelDigest } from '@factornet/core/training';
import { classSubsets } from '@factornet/data';
import type { ClassificationTask } from '@factornet/spec';
import { parseBrickFile } from '@factornet/spec/training';
import { convolutional } from '@factornet/zoo';
import { dispose, memory, ones, type Tensor4D, tidy } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { bottleneck } from '../objective/bottleneck';
import { supervision } from '../objective/supervision';
import { taskInformation } from '../objective/task-information';
import { keepTasks, numberedBackwards, taskNamed, tinyData, tinyTeacher, weightBytes } from '../testing/tiny';
import { type factorNetworks, networksOf, tinyRun, tinyRunData } from '../testing/tiny-run';
import type { ProgressEvent } from '../training/progress';
import { disposeFactorization } from './factorization';
import { factorize } from './factorize';

beforeAll(async () => void (await useBackend('wasm')));

const { tasks } = tinyRunData();

describe('factorize', () => {
  it('gives a common network and a factor per task, and leaves teacher and memory as they were', async () => {
    const atFirst = memory().numTensors;
    const { teacher, model } = await tinyTeacher(tasks);
    const before = await weightBytes(model);
    const events: ProgressEvent[] = [];
    const result = await factorize({
      ...tinyRun(teacher),
      seed: 5,
      onProgress: (event) => events.push(event),
    });

    expect(await weightBytes(model)).toEqual(before);
    expect(await modelDigest(model)).toBe(teacher.digest);
    expect(Object.keys(result.factors)).toEqual(['shape', 'object-hue']);
    for (const [task, { specific, head, description }] of Object.entries(result.factors)) {
      expect(description.task).toEqual(taskNamed(tinyRunData(), task));
      expect(specific.outputs.map(({ shape }) => shape)).toEqual([
        [null, 6],
        [null, 6],
      ]);
      expect(head.outputs[0]?.shape).toEqual([null, (description.task as ClassificationTask).classes.length]);
      expect(result.informationPerDimension[task]).toHaveLength(6);
    }
    expect(result.common.description.representation).toBe(await modelDigest(result.common.network));
    await expectValidDescriptions(result);
    expectOrderedEvents(events);
    expect(result.history).toEqual(
      events
        .filter((event) => event.type === 'epoch')
        .map(({ epoch, loss, terms }) => ({ epoch, loss, terms })),
    );

    disposeFactorization(result);
    teacher.dispose();
    expect(memory().numTensors).toBe(atFirst);
  });

  it('repeats bit by bit for one seed, and differs for another', async () => {
    const { teacher } = await tinyTeacher(tasks);
    const run = async (seed: number, data = tinyRunData()) => {
      const result = await factorize({ ...tinyRun(teacher), data, seed, epochs: 1 });
      const bytes = await weightBytes(...networksOf(result));
      disposeFactorization(result);
      return { bytes, history: result.history, information: result.informationPerDimension };
    };
    const first = await run(1);
    expect(await run(1)).toEqual(first);
    // Classes count by name, however the data numbers them.
    expect(await run(1, numberedBackwards(tinyRunData()))).toEqual(first);
    const other = await run(2);
    expect(other.bytes).not.toEqual(first.bytes);
    expect(other.history).not.toEqual(first.history);
    teacher.dispose();
  });

  it('trains what the objective reaches and keeps the rest at its start', async () => {
    const { teacher } = await tinyTeacher(tasks);
    const objective = [taskInformation(), bottleneck()];
    const run = async (epochs: number) => {
      const result = await factorize({ ...tinyRun(teacher), objective, epochs, pruneBelow: 0 });
      const trained = ({ trainableWeights }: (typeof result.common)['network']) =>
        Promise.all(trainableWeights.map(async (weight) => [...(await weight.read().data())]));
      const { specific, head } = Object.values(result.factors)[0] as never as Parameters<
        typeof factorNetworks
      >[0];
      const values = {
        common: await trained(result.common.network),
        specific: await trained(specific),
        head: await trained(head),
      };
      expect(result.common.description.provenance.objective.map(({ term }) => term)).toEqual([
        'task-information',
        'bottleneck',
      ]);
      disposeFactorization(result);
      return values;
    };
    const [before, after] = [await run(0), await run(1)];
    expect(after.common).toEqual(before.common);
    expect(after.head).toEqual(before.head);
    expect(after.specific).not.toEqual(before.specific);
    teacher.dispose();
  });

  it('learns a task without labels from the soft outputs of the teacher', async () => {
    const { teacher } = await tinyTeacher(tasks);
    const run = async (data: ReturnType<typeof tinyRunData>) => {
      const result = await factorize({ ...tinyRun(teacher), data, epochs: 1, objective: [supervision()] });
      disposeFactorization(result);
      return result.history;
    };
    const labelled = await run(tinyRunData());
    const soft = await run(keepTasks(tinyRunData(), ['shape']));
    expect(Number.isFinite(soft[0]?.loss)).toBe(true);
    expect(soft).not.toEqual(labelled);
    expect(await run(keepTasks(tinyRunData(), []))).not.toEqual(soft);
    teacher.dispose();
  });

  it('takes class subsets of a task, with examples that have no label for one of them', async () => {
    const whole = tinyData();
    const [first, second, ...rest] = taskNamed(whole, 'object-hue').classes as [string, string, ...string[]];
    const data = classSubsets(whole, 'object-hue', { two: [second, first], others: rest });
    const { teacher } = await tinyTeacher([taskNamed(whole, 'object-hue')]);
    const result = await factorize({ ...tinyRun(teacher), data, tasks: data.tasks });
    expect(Object.keys(result.factors)).toEqual(['two', 'others']);
    expect(result.history.every(({ loss }) => Number.isFinite(loss))).toBe(true);
    expect(result.factors.two?.description.task.labelSpace?.indices).toEqual([1, 0]);
    await expectValidDescriptions(result);
    disposeFactorization(result);
    teacher.dispose();
  });

  it('concatenates, with codes of a length of their own: learns, cuts what is dead of t alone', async () => {
    const { teacher } = await tinyTeacher(tasks);
    const run = async (epochs: number, pruneBelow: number) =>
      factorize({
        ...tinyRun(teacher),
        fusion: concatenate(),
        specific: convolutional({ filters: [8], strides: 4, pooling: 'flatten', features: 5 }),
        objective: [supervision()],
        optimizer: adam({ learningRate: 0.02 }),
        ...{ epochs, pruneBelow },
      });
    const trained = await run(6, 0);
    const [first, last] = [trained.history[0]?.loss as number, trained.history.at(-1)?.loss as number];
    expect(last).toBeLessThan(0.8 * first);
    await expectValidDescriptions(trained);
    const [kept, cut] = [await run(0, 0), await run(0, Number.POSITIVE_INFINITY)];
    for (const [task, { specific, head, description }] of Object.entries(kept.factors)) {
      expect(description.fusion).toEqual({ type: 'concatenate' });
      expect(specific.outputs.map(({ shape }) => shape)).toEqual([
        [null, 5],
        [null, 5],
      ]);
      expect(head.inputs[0]?.shape).toEqual([null, 6 + 5]);
      expect(kept.informationPerDimension[task]).toHaveLength(5);
      const images = ones([2, 20, 20, 3]) as Tensor4D;
      const other = cut.factors[task] as FactorNetwork;
      const code = tidy(() => codeOf(other, { picture: images, maps: {} }));
      expect([...(await code.data())]).toEqual(Array(10).fill(0));
      // What the head reads of z stays.
      expect(await weightBytes(other.head, cut.common.network)).toEqual(
        await weightBytes(head, kept.common.network),
      );
      dispose([images, code]);
    }
    for (const each of [trained, kept, cut]) disposeFactorization(each);
    teacher.dispose();
  });

  it('takes a backbone of its own for each task', async () => {
    const { teacher } = await tinyTeacher(tasks);
    const filters: Record<string, number> = { shape: 3, 'object-hue': 5 };
    const result = await factorize({
      ...tinyRun(teacher),
      specific: ({ name }) => convolutional({ filters: [filters[name] as number], strides: 4 }),
      epochs: 1,
    });
    for (const [task, { description, specific }] of Object.entries(result.factors)) {
      expect(description.reads[0]?.backbone.options.filters).toEqual([filters[task]]);
      expect(
        specific.layers.some(({ outputShape }) => (outputShape as number[]).at(-1) === filters[task]),
      ).toBe(true);
    }
    disposeFactorization(result);
    teacher.dispose();
  });
});

async function expectValidDescriptions(result: Awaited<ReturnType<typeof factorize>>): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'factornet-factorize-'));
  for (const brick of [result.common, ...Object.values(result.factors)]) {
    await writeBrick(brick, directory);
    const path = join(directory, 'brick.json');
    const { description } = parseBrickFile(JSON.parse(readFileSync(path, 'utf8')), path);
    expect(description).toEqual(brick.description);
    expect(description.provenance).toMatchObject({ backend: 'wasm', teacher: { name: 'tiny' } });
    expect(description.representation).toBe(result.common.description.representation);
  }
  rmSync(directory, { recursive: true });
}

/** The teacher first, then every step, each epoch after its last step, how sure heads are, and less and less time left; findings in the end. */
function expectOrderedEvents(all: readonly ProgressEvent[]): void {
  const events = all.filter((event) => event.type !== 'note');
  expect(all.slice(0, events.length)).toEqual(events);
  const told = events.map((event) =>
    event.type === 'step'
      ? `${event.epoch}.${event.step}`
      : event.type === 'epoch'
        ? `${event.epoch}`
        : event.stage,
  );
  const steps = ['1.1', '1.2', '1.3', '1', '2.1', '2.2', '2.3', '2'];
  expect(told).toEqual(['teacher', 'teacher', 'teacher', ...steps, 'calibration']);
  expect(events.at(-1)).toMatchObject({ secondsLeft: 0 });
  for (const event of events) {
    expect(event.secondsLeft).toBeGreaterThanOrEqual(0);
    if (event.type === 'advance') continue;
    expect(event.epochs).toBe(2);
    const { supervision, transfer, bottleneck, ...more } = event.terms as Record<string, number>;
    const { 'common-information': common, 'task-information': task } = more;
    const total = [supervision, transfer, common, task, bottleneck] as [
      number,
      number,
      number,
      number,
      number,
    ];
    const loss = total[0] + 0.1 * total[1] - 0.1 * total[2] - total[3] + 0.15 * total[4];
    expect(event.loss).toBeCloseTo(loss, 3);
  }
}
