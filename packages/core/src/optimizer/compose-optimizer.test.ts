import { dispose, setBackend, tensor1d, tensor2d, tidy, variable } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { describeOptimizer } from '../conformance/describe-optimizer';
import { expectCloseArrays } from '../testing/close-arrays';
import { composeOptimizer } from './compose-optimizer';
import type { Transformation } from './transformation';
import { adaptiveMoments } from './transformations/adaptive-moments';
import { momentum } from './transformations/momentum';
import { coupledDecay, decoupledDecay, onlyKernels } from './transformations/weight-decay';

beforeAll(() => setBackend('cpu'));

const description = { name: 'composed', learningRate: 0.1 };

/** Weights after `steps` of the gradient 0 or `slope`, from a kernel [[2, -4]] and a bias [8]. */
async function weightsAfter(steps: number, transformations: Transformation[], slope = 0, rate = 0.5) {
  const variables = tidy(() => [variable(tensor2d([[2, -4]])), variable(tensor1d([8]))] as const);
  const running = composeOptimizer(description, transformations).create(variables);
  for (let step = 0; step < steps; step++) tidy(() => running.apply(tensor1d([slope, slope, slope]), rate));
  const read = await Promise.all(variables.map((each) => each.data()));
  running.dispose();
  dispose([...variables]);
  return read.flatMap((values) => [...values]);
}

describe('composeOptimizer', () => {
  it('steps along the gradient, if it transforms nothing', async () => {
    expect(await weightsAfter(3, [], 1)).toEqual([0.5, -5.5, 6.5]);
  });

  it('hands each transformation what the one before it made', async () => {
    const doubled: Transformation = {
      remembers: [],
      create: () => ({ apply: (step) => [{ ...step, scale: step.scale * 2 }] }),
    };
    const flipped: Transformation = {
      remembers: [],
      create: () => ({
        apply: (step) => [{ ...step, direction: step.direction.neg(), scale: step.scale + 1 }],
      }),
    };
    // Scale 2 · 1 + 1 = 3 and (1 + 1) · 2 = 4, upwards.
    expect(await weightsAfter(1, [doubled, flipped], 1, 1)).toEqual([5, -1, 11]);
    expect(await weightsAfter(1, [flipped, doubled], 1, 1)).toEqual([6, 0, 12]);
  });

  it('remembers for each transformation what it asked to have remembered', async () => {
    // v = 1, 1.5, 1.75.
    expectCloseArrays(await weightsAfter(3, [momentum({ momentum: 0.5 })], 1, 1), [-2.25, -8.25, 3.75]);
    // Looks ahead: 1.5, 1.75, 1.875.
    expectCloseArrays(await weightsAfter(3, [momentum({ momentum: 0.5, nesterov: true })], 1, 1), [
      2 - 5.125,
      -4 - 5.125,
      8 - 5.125,
    ]);
  });

  it('refuses transformations that would share what they remember', () => {
    const twice = [momentum({ momentum: 0.5 }), momentum({ momentum: 0.9 })];
    expect(() => composeOptimizer(description, twice)).toThrow(
      /transformations must be .*"velocity","velocity"/,
    );
  });
});

describe('decay of weights', () => {
  it('shrinks them by learning rate times decay when there is no gradient', async () => {
    for (const decay of [decoupledDecay, coupledDecay]) {
      expectCloseArrays(await weightsAfter(1, [decay({ weightDecay: 0.1 })]), [1.9, -3.8, 7.6]);
      expectCloseArrays(await weightsAfter(2, [decay({ weightDecay: 0.1 })]), [1.805, -3.61, 7.22]);
    }
  });

  it('leaves biases and normalization out on request, and what one names', async () => {
    for (const decay of [decoupledDecay, coupledDecay]) {
      expectCloseArrays(
        await weightsAfter(1, [decay({ weightDecay: 0.1, decays: onlyKernels })]),
        [1.9, -3.8, 8],
      );
      const biases = ({ shape }: { shape: number[] }) => shape.length === 1;
      expectCloseArrays(await weightsAfter(1, [decay({ weightDecay: 0.1, decays: biases })]), [2, -4, 7.6]);
    }
  });

  it('is not scaled with the gradient where it is decoupled', async () => {
    const moments = adaptiveMoments({ epsilon: 1e-30 });
    expectCloseArrays(
      await weightsAfter(1, [moments, decoupledDecay({ weightDecay: 0.1 })]),
      [1.9, -3.8, 7.6],
    );
    // Adam goes by 1 whatever the size of the gradient.
    expectCloseArrays(await weightsAfter(1, [coupledDecay({ weightDecay: 0.1 }), moments], 0, 1), [1, -3, 7]);
  });
});

describeOptimizer('adaptive moments on top of momentum', () =>
  composeOptimizer({ name: 'both', learningRate: 0.05 }, [momentum({ momentum: 0.5 }), adaptiveMoments()]),
);
