import { useBackend } from '@factornet/core';
import { adamW } from '@factornet/core/training';
import { classSubsets, type Dataset } from '@factornet/data';
import { beforeAll, expect, it } from 'vitest';
import { disposeFactorization } from '../factorize/factorization';
import { factorize } from '../factorize/factorize';
import { keepTasks, tinyCommon, tinyData, tinySpecific, tinyTeacher } from '../testing/tiny';

const groups = { warm: ['red', 'orange', 'violet', 'magenta'], cool: ['lime', 'green', 'cyan', 'blue'] };
const huesOf = (size: number, seed: number) => keepTasks(tinyData(size, seed), ['object-hue']);

beforeAll(() => useBackend('wasm'));

it('gives both factors of a label space one temperature, of the pictures that are kept for it', async () => {
  const whole = huesOf(48, 1);
  const { teacher } = await tinyTeacher(whole.tasks);
  const data = classSubsets(whole, 'object-hue', groups);
  let reads = 0;
  const kept = classSubsets(huesOf(70, 2), 'object-hue', groups);
  const calibration: Dataset = {
    ...kept,
    read: (indices) => {
      reads += indices.length;
      return kept.read(indices);
    },
  };
  const options = {
    teacher,
    data,
    tasks: data.tasks,
    common: tinyCommon(),
    specific: tinySpecific(),
    hidden: [],
    // Few steps, with which both learn enough for their logits to be compared.
    optimizer: adamW({ learningRate: 4e-3, weightDecay: 0.01 }),
  };
  const run = async (more: { calibration?: Dataset }) => {
    const made = await factorize({ ...options, ...more, epochs: 4, batchSize: 16, seed: 2 });
    const found = Object.values(made.factors).map(({ description }) => description);
    disposeFactorization(made);
    return found;
  };
  const [warm, cool] = await run({ calibration });
  expect(reads).toBe(70);
  expect(warm?.logitScale).toBeGreaterThan(0);
  expect(cool?.logitScale).toBeGreaterThan(0);
  expect(warm?.temperature).toBeGreaterThan(0);
  expect(cool?.temperature).toBe(warm?.temperature);
  // Without any, the pictures that it was trained on.
  const [other] = await run({});
  expect(other?.logitScale).toBe(warm?.logitScale);
  expect(other?.temperature).toBeGreaterThan(0);
  expect(other?.temperature).not.toBe(warm?.temperature);
  teacher.dispose();
});
