import { cosineSchedule, type Optimizer, warmUp } from '@factornet/core/training';
import {
  type Scalar,
  scalar,
  setBackend,
  type Tensor1D,
  tensor1d,
  tidy,
  type Variable,
  variable,
} from '@tensorflow/tfjs';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { memoryCheckpoint } from '../testing/memory-checkpoint';
import { gradientsHere } from './network-gradients';
import type { StepEvent } from './progress';
import { type TrainOptions, train } from './train';

beforeAll(() => setBackend('cpu'));

let weights: Variable;
let memory: Variable;
beforeEach(() => {
  weights = tidy(() => variable(tensor1d([0, 0])));
  memory = tidy(() => variable(scalar(0)));
});
afterEach(() => {
  weights.dispose();
  memory.dispose();
});

/** Takes no step, and writes down every gradient and learning rate that it is given. */
function recorder() {
  const steps: { gradient: Promise<Float32Array>; learningRate: number }[] = [];
  const optimizer: Optimizer = {
    name: 'recorder',
    learningRate: 0.1,
    create: () => ({
      apply: (gradient: Tensor1D, learningRate: number) => {
        steps.push({ gradient: gradient.data() as Promise<Float32Array>, learningRate });
      },
      state: () => new Map(),
      restore: () => {},
      dispose: () => {},
    }),
  };
  return { optimizer, steps };
}

/** A loss whose gradient is `slope` at every step; `during` sees the indices of each. */
function options(
  slope: readonly [number, number],
  change: Partial<TrainOptions> = {},
  during: (indices: Int32Array) => unknown = () => {},
): TrainOptions {
  return {
    operation: 'fit',
    variables: [weights],
    statistics: [],
    gradients: gradientsHere([]),
    examples: 12,
    batchSize: 4,
    epochs: 3,
    seed: 7,
    optimizer: recorder().optimizer,
    fingerprint: 'fit',
    prepare: async (indices) => {
      await during(indices);
      const inputs = scalar(0);
      return {
        inputs: [[inputs]],
        compute: () => ({ loss: weights.mul([...slope]).sum() as Scalar, terms: {} }),
        dispose: () => inputs.dispose(),
      };
    },
    ...change,
  };
}

async function ordersOf(seed: number): Promise<number[][]> {
  const batches: number[][] = [];
  await train(options([1, 1], { seed }, (indices) => batches.push([...indices])));
  expect(batches).toHaveLength(9);
  return [0, 3, 6].map((first) => batches.slice(first, first + 3).flat());
}

describe('the order of examples', () => {
  it('has each example once an epoch, and is another one in each', async () => {
    const orders = await ordersOf(7);
    const sorted = orders.map((order) => [...order].sort((one, other) => one - other));
    expect(sorted).toEqual(Array(3).fill(Array.from({ length: 12 }, (_, index) => index)));
    expect(new Set([...orders, sorted[0]].map(String)).size).toBe(4);
  });

  it('follows from the seed', async () => {
    const [orders, again, others] = [await ordersOf(7), await ordersOf(7), await ordersOf(8)];
    expect(again).toEqual(orders);
    expect(new Set([...orders, ...others].map(String)).size).toBe(6);
  });
});

describe('the gradient', () => {
  async function gradientFor(slope: readonly [number, number], clipNorm?: number): Promise<number[]> {
    const { optimizer, steps } = recorder();
    await train(options(slope, { optimizer, epochs: 1, ...(clipNorm !== undefined && { clipNorm }) }));
    return [...((await steps[0]?.gradient) ?? [])];
  }

  it('goes to the optimizer as it is, if it is no longer than the limit', async () => {
    expect(await gradientFor([0.3, 0.4])).toEqual([Math.fround(0.3), Math.fround(0.4)]);
    expect(await gradientFor([3, -3.875])).toEqual([3, -3.875]);
    expect(await gradientFor([0, 0])).toEqual([0, 0]);
    expect(await gradientFor([30, 40], 64)).toEqual([30, 40]);
  });

  it('is scaled down to the limit, 5 unless told, if it is longer', async () => {
    const [x, y] = await gradientFor([300, -400]);
    expect(x).toBeCloseTo(3, 5);
    expect(y).toBeCloseTo(-4, 5);
    const [short, shorter] = await gradientFor([0.3, 0.4], 0.05);
    expect(short).toBeCloseTo(0.03, 6);
    expect(shorter).toBeCloseTo(0.04, 6);
    const [far, farther] = await gradientFor([3e25, -4e25]);
    expect(far).toBeCloseTo(3, 5);
    expect(farther).toBeCloseTo(-4, 5);
  });
});

describe('a variable that the objective does not reach', () => {
  it('has a gradient of zeros', async () => {
    const { optimizer, steps } = recorder();
    await train(options([3, -1], { optimizer, variables: [memory, weights], epochs: 1 }));
    expect([...((await steps[0]?.gradient) ?? [])]).toEqual([0, 3, -1]);
  });
});

describe('the progress of a run', () => {
  it('is the share of its steps that came before, from wherever it goes on', async () => {
    const seen: number[] = [];
    const base = options([1, 1]);
    const watched = (change: Partial<TrainOptions> = {}): TrainOptions => ({
      ...base,
      ...change,
      prepare(indices, key, progress) {
        seen.push(progress);
        return base.prepare(indices, key, progress);
      },
    });
    const shares = Array.from({ length: 9 }, (_, step) => step / 9);
    await train(watched());
    expect(seen).toEqual(shares);
    const checkpoint = memoryCheckpoint();
    const controller = new AbortController();
    const { signal } = controller;
    const onProgress = () => seen.length === 9 + 4 && controller.abort();
    await expect(train(watched({ checkpoint, signal, onProgress }))).rejects.toThrow();
    await train(watched({ checkpoint }));
    expect(seen.slice(9)).toEqual(shares);
  });
});

describe('the record of an epoch', () => {
  it('is the mean of its steps', async () => {
    const base = options([0, 0], { epochs: 2 });
    let step = 0;
    const history = await train({
      ...base,
      async prepare(...asked) {
        const prepared = await base.prepare(...asked);
        return {
          ...prepared,
          compute(outputs) {
            const value = scalar(2 ** step++);
            return { loss: prepared.compute(outputs).loss.add(value) as Scalar, terms: { power: value } };
          },
        };
      },
    });
    expect(history).toEqual([
      { epoch: 1, loss: 7 / 3, terms: { power: 7 / 3 } },
      { epoch: 2, loss: 56 / 3, terms: { power: 56 / 3 } },
    ]);
  });
});

describe('the learning rate', () => {
  it('follows the schedule, step by step', async () => {
    for (const schedule of [undefined, (progress: number) => 1 - progress / 2]) {
      const { optimizer, steps } = recorder();
      const told: number[] = [];
      await train(
        options([1, 1], {
          optimizer,
          ...(schedule && { schedule }),
          onProgress: (event) => event.type === 'step' && told.push(event.learningRate),
        }),
      );
      const expected = Array.from(
        { length: 9 },
        (_, step) => 0.1 * (schedule ?? warmUp(0.05, cosineSchedule()))(step / 9, 9),
      );
      expect(steps.map(({ learningRate }) => learningRate)).toEqual(expected);
      expect(told).toEqual(expected);
    }
  });
});

describe('what a term remembers', () => {
  it.each([Number.NaN, Number.POSITIVE_INFINITY])(
    'going %f stops the run, though the loss is finite',
    async (bad) => {
      const checkpoint = memoryCheckpoint();
      let step = 0;
      const base = options([1, 1], { termState: [memory], checkpoint });
      const run = train({
        ...base,
        async prepare(...asked) {
          const prepared = await base.prepare(...asked);
          step += 1;
          return {
            ...prepared,
            compute(outputs) {
              memory.assign(step === 5 ? scalar(bad) : memory.add(1));
              return prepared.compute(outputs);
            },
          };
        },
      });
      await expect(run).rejects.toMatchObject({
        code: 'non-finite-loss',
        term: 'state of the terms',
        epoch: 2,
        step: 2,
        value: bad,
      });
      expect([...(await memory.data())]).toEqual([4]);
      expect(checkpoint.saved()?.completedSteps).toBe(4);
    },
  );
});

describe('the time left', () => {
  it('after resuming is told by the steps of this run', async () => {
    const checkpoint = memoryCheckpoint();
    const controller = new AbortController();
    let steps = 0;
    const stopAfter = (event: { type: string }) => {
      if (event.type === 'step' && ++steps === 6) controller.abort();
    };
    await train(options([1, 1], { checkpoint, signal: controller.signal, onProgress: stopAfter })).catch(
      () => {},
    );
    expect(checkpoint.saved()?.completedSteps).toBe(6);

    const before = performance.now();
    let begun = 0;
    const events: { event: StepEvent; shortest: number; longest: number }[] = [];
    await train(
      options(
        [1, 1],
        {
          checkpoint,
          onProgress: (event) => {
            const now = performance.now();
            if (event.type === 'step') events.push({ event, shortest: now - begun, longest: now - before });
          },
        },
        async () => {
          begun ||= performance.now();
          await new Promise((resolve) => setTimeout(resolve, 20));
        },
      ),
    );
    // Three steps remain: after the first, twice as long as it took.
    expect(events).toHaveLength(3);
    events.forEach(({ event, shortest, longest }, index) => {
      const share = (2 - index) / (index + 1) / 1000;
      expect(event.secondsLeft).toBeGreaterThanOrEqual(shortest * share * 0.9);
      expect(event.secondsLeft).toBeLessThanOrEqual(longest * share);
    });
  });
});
