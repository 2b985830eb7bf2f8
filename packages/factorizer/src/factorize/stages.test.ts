import { assemble } from '@factornet/assembler';
import { concatenate, useBackend } from '@factornet/core';
import { imagesTensor } from '@factornet/data';
import { CancelledError } from '@factornet/spec';
import { convolutional } from '@factornet/zoo';
import { dispose, memory, moments, type Tensor } from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { trainableDeterministic } from '../codes/trainable-deterministic';
import type { Teacher } from '../teacher/teacher';
import { memoryCheckpoint } from '../testing/memory-checkpoint';
import { taskNamed, tinyData, tinyTeacher, weightBytes } from '../testing/tiny';
import { factorNetworks, networksOf, tinyRunData, tinyTasks } from '../testing/tiny-run';
import type { ProgressEvent } from '../training/progress';
import { disposeFactorization, type Factorization } from './factorization';
import { factorize } from './factorize';
import type { FactorizeOptions } from './factorize-options';
import { trainFactor } from './train-factor';

const tasks = tinyTasks.map((name) => taskNamed(tinyData(1), name));
let teacher: Teacher;
beforeAll(async () => {
  await useBackend('wasm');
  ({ teacher } = await tinyTeacher(tasks));
});
afterAll(() => teacher.dispose());

const common = convolutional({ filters: [4, 6], strides: 2, pooling: 'flatten', features: 5 });
const ofMap = convolutional({ filters: [3], strides: 2, pooling: 'flatten', features: 4 });
const ofPicture = convolutional({ filters: [3], strides: 4, pooling: 'flatten', features: 4 });
const shared = { epochs: 1, batchSize: 16, seed: 3 };

const options = (): FactorizeOptions<Teacher['tasks']> => ({
  ...{ teacher, data: tinyRunData(), common, specific: { 'block-1': ofMap }, ...shared },
});

describe('factorize in stages', () => {
  it('trains the common network first, and then the factors that trainFactor trains for anybody, bit by bit', async () => {
    const events: ProgressEvent[] = [];
    const before = memory().numTensors;
    const made = await factorize({ ...options(), onProgress: (event) => events.push(event) });
    const trained = events.flatMap((event) => (event.type === 'epoch' ? [event.network] : []));
    expect(trained).toEqual(['common', ...tinyTasks]);
    expect(made.history.map(({ network }) => network)).toEqual(trained);
    expect(Object.keys(made.history[0]?.terms ?? {})).toEqual([
      'common-distillation',
      'common-information',
      'map-information',
    ]);
    const { factor, history } = await trainFactor({
      ...{ common: made.common, task: tasks[1] as (typeof tasks)[number], specific: { 'block-1': ofMap } },
      ...{ teacher, data: tinyRunData(), ...shared },
    });
    const own = made.factors['object-hue'] as typeof factor;
    expect(await weightBytes(...factorNetworks(factor))).toEqual(await weightBytes(...factorNetworks(own)));
    expect(factor.description).toEqual(own.description);
    expect(made.history.filter(({ network }) => network === 'object-hue')).toEqual(
      history.map((record) => ({ ...record, network: 'object-hue' })),
    );
    for (const network of factorNetworks(factor)) network.dispose();
    disposeFactorization(made);
    expect(memory().numTensors).toBe(before);
  });

  it('says what the common network offers, what a factor reads, and what its code can tell at most', async () => {
    const made = await factorize({
      ...options(),
      specific: ({ name }) => (name === 'shape' ? { picture: ofPicture, 'block-1': ofMap } : ofPicture),
      code: (task) => (task.name === 'shape' ? trainableDeterministic() : undefined),
      hidden: [7],
    });
    const { features, maps } = made.common.description;
    expect(features.shape).toEqual([5]);
    expect(maps).toEqual([{ name: 'block-1', shape: [10, 10, 4] }]);
    const [shape, hue] = ['shape', 'object-hue'].map((task) => made.factors[task]?.description);
    expect(shape?.reads.map(({ from, shape: size }) => [from, size])).toEqual([
      ['picture', [20, 20, 3]],
      ['block-1', [10, 10, 4]],
    ]);
    expect(shape?.code).toMatchObject({ type: 'deterministic', length: 8, capacity: 'infinite' });
    const classes = (tasks[1] as { classes: readonly string[] }).classes.length;
    expect(hue?.code).toMatchObject({ type: 'categorical', length: classes, capacity: Math.log(classes) });
    expect(hue?.fusion).toEqual({ type: concatenate().type });
    const [first] = made.factors.shape?.head.getWeights() ?? [];
    expect(first?.shape).toEqual([5 + 8, 7]);
    const images = imagesTensor(await tinyData(6, 9).read([0, 1, 2, 3, 4, 5]), [20, 20, 3]);
    const network = await assemble(made.common, Object.values(made.factors));
    const logits = network.logits(images);
    expect(network.commonEvaluations).toBe(1);
    expect(Object.keys(logits)).toEqual([...tinyTasks]);
    dispose([images, ...Object.values(logits)] as Tensor[]);
    network.dispose();
    disposeFactorization(made);
  });

  it('standardises z: over a batch in training each dimension has mean 0 and variance 1', async () => {
    const made = await factorize(options());
    const images = imagesTensor(
      await tinyData(48).read(Array.from({ length: 48 }, (_, i) => i)),
      [20, 20, 3],
    );
    const [z] = made.common.network.apply(images, { training: true }) as Tensor[];
    const { mean, variance } = moments(z as Tensor, 0);
    for (const value of await mean.data()) expect(value).toBeCloseTo(0, 4);
    for (const value of await variance.data()) expect(value).toBeCloseTo(1, 1);
    disposeFactorization(made);
    dispose([images, mean, variance]);
  });

  it.each([
    ['the common network', 2],
    ['a factor', 5],
  ])('stopped within %s, hands out what there is, and goes on from there bit by bit', async (_, steps) => {
    const stores = new Map<string, ReturnType<typeof memoryCheckpoint>>();
    const checkpoint = (training: string) => {
      const store = stores.get(training) ?? memoryCheckpoint();
      stores.set(training, store);
      return store;
    };
    const controller = new AbortController();
    let [taken, partial] = [0, undefined as Factorization | undefined];
    const stopped = factorize({
      ...options(),
      checkpoint,
      signal: controller.signal,
      onProgress: ({ type }) => type === 'step' && ++taken === steps && controller.abort(),
      onStopped: (networks) => {
        partial = networks;
      },
    });
    await expect(stopped).rejects.toSatisfy(CancelledError.isInstance);
    expect(Object.keys(partial?.factors ?? {})).toEqual(steps === 2 ? [] : ['shape']);
    disposeFactorization(partial as Factorization);
    const resumed = await factorize({ ...options(), checkpoint });
    const whole = await factorize(options());
    expect(await weightBytes(...networksOf(resumed))).toEqual(await weightBytes(...networksOf(whole)));
    expect(resumed.history).toEqual(whole.history);
    for (const each of [resumed, whole]) disposeFactorization(each);
    for (const store of stores.values()) await store.clear();
  });

  it('makes no difference to what is kept in memory', async () => {
    const notes: string[] = [];
    const onProgress = (event: ProgressEvent) =>
      event.type === 'note' && event.stage !== 'training' && notes.push(event.message);
    const [kept, anew] = [
      await factorize(options()),
      await factorize({ ...options(), teacherCacheBytes: 0, onProgress }),
    ];
    expect(await weightBytes(...networksOf(anew))).toEqual(await weightBytes(...networksOf(kept)));
    expect(notes).toHaveLength(2);
    for (const each of [kept, anew]) disposeFactorization(each);
  });

  it('refuses maps that nobody offers, and codes that a fusion cannot take', async () => {
    const refused = async (change: Partial<FactorizeOptions<Teacher['tasks']>>) =>
      expect(factorize({ ...options(), ...change })).rejects;
    await (await refused({ maps: ['block-9'] })).toMatchObject({ code: 'invalid-option', option: 'maps' });
    await (await refused({ specific: { attic: ofMap } })).toMatchObject({ option: 'specific' });
  });
});
