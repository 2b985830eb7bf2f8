import {
  type Scalar,
  setBackend,
  tensor1d,
  tidy,
  train,
  type Variable,
  variable,
  variableGrads,
} from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { describeOptimizer } from '../conformance/describe-optimizer';
import { expectCloseArrays } from '../testing/close-arrays';
import { expectNoLeak } from '../testing/no-leak';
import { adam } from './adam';
import { flatten } from './flat-variables';

beforeAll(() => setBackend('cpu'));

function twoVariables(): [Variable, Variable] {
  return [variable(tensor1d([1, -2, 3])), variable(tensor1d([0.5, 4]).reshape([1, 2]))];
}

/** `Σ (w − 1)⁴`, curved enough that every step differs. */
function loss([first, second]: readonly [Variable, Variable]): Scalar {
  return first.sub(1).pow(4).sum().add(second.sub(1).pow(4).sum()) as Scalar;
}

describe('adam', () => {
  it('takes the steps of tf.train.adam', async () => {
    const ours = twoVariables();
    const theirs = twoVariables();
    const running = adam({ learningRate: 0.05 }).create(ours);
    const reference = train.adam(0.05, 0.9, 0.999, 1e-7);
    for (let step = 0; step < 25; step++) {
      tidy(() => {
        const { grads } = variableGrads(() => loss(ours), ours);
        running.apply(flatten(ours.map(({ name }) => grads[name] as Variable)), 0.05);
        reference.minimize(() => loss(theirs), false, theirs);
      });
    }
    for (const index of [0, 1] as const) {
      expectCloseArrays(await ours[index].data(), await theirs[index].data(), { relative: 1e-4 });
    }
    expect((await ours[0].data())[1]).toBeGreaterThan(-2);
    running.dispose();
    reference.dispose();
  });

  it('goes on from a saved state exactly', async () => {
    const straight = twoVariables();
    const resumed = twoVariables();
    const step = (
      variables: [Variable, Variable],
      optimizer: ReturnType<ReturnType<typeof adam>['create']>,
    ) =>
      tidy(() => {
        const { grads } = variableGrads(() => loss(variables), variables);
        optimizer.apply(flatten(variables.map(({ name }) => grads[name] as Variable)), 0.05);
      });
    const one = adam().create(straight);
    for (let count = 0; count < 6; count++) step(straight, one);
    const before = adam().create(resumed);
    for (let count = 0; count < 3; count++) step(resumed, before);
    const after = adam().create(resumed);
    after.restore(before.state(), 3);
    before.dispose();
    for (let count = 0; count < 3; count++) step(resumed, after);
    expect(await resumed[0].data()).toEqual(await straight[0].data());
    one.dispose();
    after.dispose();
  });

  it('shrinks weights by learning rate times weight decay when there is no gradient', async () => {
    const weights = tidy(() => variable(tensor1d([2, -4])));
    const running = adam({ weightDecay: 0.1 }).create([weights]);
    tidy(() => running.apply(tensor1d([0, 0]), 0.5));
    expectCloseArrays(await weights.data(), [1.9, -3.8]);
    running.dispose();
    weights.dispose();
  });

  it('leaves no tensor behind', () =>
    expectNoLeak(() => {
      const weights = tidy(() => variable(tensor1d([2, -4])));
      const running = adam().create([weights]);
      tidy(() => running.apply(tensor1d([1, 1]), 0.5));
      running.dispose();
      weights.dispose();
    }));
});

describeOptimizer('adam', () => adam({ learningRate: 0.05 }));
describeOptimizer('adam with weight decay', () => adam({ learningRate: 0.05, weightDecay: 0.01 }));
