import {
  dispose,
  type Scalar,
  setBackend,
  type Tensor1D,
  tensor1d,
  tidy,
  train,
  type Variable,
  variable,
  variableGrads,
  zeros,
} from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { expectCloseArrays } from '../testing/close-arrays';
import { adam } from './adam';
import { adamW } from './adam-w';
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

  it('rounds where the formula of one step with decay does, bit for bit', async () => {
    const [start, slopes] = [Float32Array.from([1, -2, 3, 0.1]), Float32Array.from([0.3, -7, 1e-3, 1e-9])];
    const weights = tidy(() => variable(tensor1d(start)));
    const running = adamW({ learningRate: 0.05, weightDecay: 0.01 }).create([weights]);
    const expected = tidy(() => {
      let [w, first, second] = [tensor1d(start), zeros([4]), zeros([4])];
      for (let step = 1; step <= 5; step++) {
        const [gradient, rate] = [tensor1d(slopes).mul(step), 0.05 / step];
        running.apply(gradient as Tensor1D, rate);
        first = first.mul(0.9).add(gradient.mul(1 - 0.9));
        second = second.mul(0.999).add(gradient.square().mul(1 - 0.999));
        const correction = Math.sqrt(1 - 0.999 ** step) / (1 - 0.9 ** step);
        w = w.mul<Tensor1D>(1 - rate * 0.01).sub(first.div(second.sqrt().add(1e-7)).mul(rate * correction));
      }
      return w;
    });
    expect(await weights.data()).toEqual(await expected.data());
    running.dispose();
    dispose([weights, expected]);
  });
});
