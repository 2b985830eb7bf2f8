import { expectNoLeak } from '@factornet/core/testing';
import { adam, sgd } from '@factornet/core/training';
import { CancelledError } from '@factornet/spec';
import { NonFiniteLossError } from '@factornet/spec/training';
import { type Scalar, scalar, setBackend, tensor1d, tidy, type Variable, variable } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { memoryCheckpoint } from '../testing/memory-checkpoint';
import { gradientsHere } from './network-gradients';
import type { ProgressEvent } from './progress';
import { type TrainOptions, train } from './train';

beforeAll(() => setBackend('cpu'));

const target = [3, -1];

/** Fits two weights to a target by a loss whose minimum depends a little on each batch. */
function options(weights: Variable, statistic: Variable, change: Partial<TrainOptions> = {}): TrainOptions {
  return {
    operation: 'fit',
    variables: [weights],
    statistics: [statistic],
    gradients: gradientsHere([]),
    examples: 40,
    batchSize: 8,
    epochs: 4,
    seed: 7,
    optimizer: adam({ learningRate: 0.2 }),
    fingerprint: 'fit',
    prepare: async (indices) => {
      const shift = indices.reduce((sum, index) => sum + index, 0) / 1000;
      const inputs = scalar(0);
      return {
        inputs: [[inputs]],
        compute() {
          statistic.assign(statistic.add(shift));
          const fit = weights.sub(target).sub(shift).square().sum() as Scalar;
          const size = weights.square().sum().mul(0.01) as Scalar;
          return { loss: fit.add(size), terms: { fit, size } };
        },
        dispose: () => inputs.dispose(),
      };
    },
    ...change,
  };
}

function fresh(): { weights: Variable; statistic: Variable; dispose: () => void } {
  const weights = tidy(() => variable(tensor1d([0, 0])));
  const statistic = tidy(() => variable(tensor1d([0])));
  return { weights, statistic, dispose: () => [weights, statistic].forEach((one) => void one.dispose()) };
}

describe('train', () => {
  it('reaches the minimum and tells every step and epoch', async () => {
    const { weights, statistic } = fresh();
    const events: ProgressEvent[] = [];
    const history = await train(
      options(weights, statistic, { epochs: 20, onProgress: (event) => events.push(event) }),
    );
    const [first, second] = await weights.data();
    // minimum of (w − t − s)² + 0.01 w²: (t + s) / 1.01, s about 0.156
    expect(first).toBeCloseTo((3 + 0.156) / 1.01, 1);
    expect(second).toBeCloseTo((-1 + 0.156) / 1.01, 1);
    expect(events.filter((event) => event.type === 'step')).toHaveLength(20 * 5);
    expect(history).toHaveLength(20);
    expect(history.at(-1)?.terms.fit).toBeLessThan(history[0]?.terms.fit as number);
    const last = events.at(-1);
    expect(last).toMatchObject({ type: 'epoch', epoch: 20, epochs: 20, secondsLeft: 0 });
  });

  it('repeats exactly', async () => {
    const runs = [fresh(), fresh()];
    const [one, other] = await Promise.all(
      runs.map(({ weights, statistic }) => train(options(weights, statistic))),
    );
    expect(other).toEqual(one);
    expect(await runs[1]?.weights.data()).toEqual(await runs[0]?.weights.data());
  });

  it('goes on after an interruption as if there had been none', async () => {
    const straight = fresh();
    const expected = await train(options(straight.weights, straight.statistic));

    const checkpoint = memoryCheckpoint();
    const controller = new AbortController();
    const interrupted = fresh();
    let steps = 0;
    const stop = train(
      options(interrupted.weights, interrupted.statistic, {
        checkpoint,
        signal: controller.signal,
        onProgress: (event) => {
          if (event.type === 'step' && ++steps === 8) controller.abort();
        },
      }),
    );
    await expect(stop).rejects.toSatisfy(CancelledError.isInstance);
    expect(checkpoint.saved()?.completedSteps).toBe(8);

    const resumed = fresh();
    const history = await train(options(resumed.weights, resumed.statistic, { checkpoint }));
    expect(history).toEqual(expected);
    expect(await resumed.weights.data()).toEqual(await straight.weights.data());
    expect(await resumed.statistic.data()).toEqual(await straight.statistic.data());
  });

  it('does not resume from the state of another run', async () => {
    const checkpoint = memoryCheckpoint();
    const first = fresh();
    await train(options(first.weights, first.statistic, { checkpoint }));
    const second = fresh();
    const expected = fresh();
    await train(options(second.weights, second.statistic, { checkpoint, fingerprint: 'other', epochs: 1 }));
    await train(options(expected.weights, expected.statistic, { epochs: 1 }));
    expect(await second.weights.data()).toEqual(await expected.weights.data());
  });

  it('keeps no weights that the last step has made too large', async () => {
    const checkpoint = memoryCheckpoint();
    const { weights, statistic } = fresh();
    const optimizer = sgd({ learningRate: 1e38 });
    const run = train(options(weights, statistic, { checkpoint, optimizer, epochs: 1, batchSize: 1000 }));
    await expect(run).rejects.toMatchObject({ code: 'non-finite-loss', term: 'weights' });
    expect(await checkpoint.load()).toBeUndefined();
  });

  it.each([
    ['a term', { term: 'size', broken: 'size' }],
    ['a gradient', { term: 'gradient norm', broken: 'gradient' }],
    ['a statistic', { term: 'batch normalization statistics', broken: 'statistic' }],
  ])('stops at NaN in %s, names it and keeps the last good weights', async (_, { term, broken }) => {
    const { weights, statistic } = fresh();
    const good = fresh();
    let step = 0;
    const base = options(weights, statistic);
    const run = train({
      ...base,
      async prepare(...asked) {
        const prepared = await base.prepare(...asked);
        step += 1;
        if (step < 8) return prepared;
        return {
          ...prepared,
          compute() {
            const { loss, terms } = prepared.compute([]);
            // √0 is 0, but its slope is infinite.
            if (broken === 'gradient') return { loss: loss.add(weights.sub(weights).sqrt().sum()), terms };
            if (broken === 'statistic') {
              statistic.assign(statistic.div(0));
              return { loss, terms };
            }
            return { loss, terms: { ...terms, size: (terms.size as Scalar).mul(Number.NaN) as Scalar } };
          },
        };
      },
    });
    await expect(run).rejects.toMatchObject({ code: 'non-finite-loss', term, epoch: 2, step: 3 });
    await expect(run).rejects.toSatisfy(NonFiniteLossError.isInstance);

    const controller = new AbortController();
    let taken = 0;
    await train(
      options(good.weights, good.statistic, {
        signal: controller.signal,
        onProgress: (event) => {
          if (event.type === 'step' && ++taken === 7) controller.abort();
        },
      }),
    ).catch(() => {});
    expect(await weights.data()).toEqual(await good.weights.data());
    expect(await statistic.data()).toEqual(await good.statistic.data());
  });

  it('refuses a batch of one', async () => {
    const { weights, statistic } = fresh();
    await expect(train(options(weights, statistic, { batchSize: 1 }))).rejects.toThrow('batchSize must be');
  });

  it('leaves no tensor behind', () =>
    expectNoLeak(async () => {
      const { weights, statistic, dispose } = fresh();
      await train(options(weights, statistic, { epochs: 1 }));
      dispose();
    }));
});
