import { useBackend } from '@factornet/core';
import { expectCloseArrays, expectNoLeak } from '@factornet/core/testing';
import {
  dispose,
  type Scalar,
  tensor1d,
  tensor2d,
  tidy,
  train,
  type Variable,
  variable,
  variableGrads,
} from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { clippedAdam } from './clipped-adam';

describe('clippedAdam', () => {
  beforeAll(() => useBackend('cpu'));
  const start = () => tidy(() => [variable(tensor1d([1, -2])), variable(tensor2d([[0.5]]))] as const);
  const loss = ([a, b]: readonly Variable[]) =>
    (a as Variable)
      .square()
      .sum()
      .add((b as Variable).square().sum().mul(3))
      .sqrt() as Scalar;

  it('takes the steps of tf.train.adam', async () => {
    const [ours, theirs] = [start(), start()];
    const [flat, reference] = [clippedAdam(ours), train.adam(0.1)];
    for (let step = 0; step < 5; step++) {
      const { value, grads } = variableGrads(() => loss(ours), [...ours]);
      dispose([value, flat.apply(grads, 0.1), ...Object.values(grads)]);
      reference.minimize(() => loss(theirs), false, [...theirs]);
    }
    for (const [index, variable] of ours.entries()) {
      expectCloseArrays(await variable.data(), [...(await (theirs[index] as Variable).data())], {
        absolute: 1e-5,
      });
    }
    flat.dispose();
    reference.dispose();
    dispose([...ours, ...theirs]);
  });

  it('tells the length of gradients whose square is no 32-bit number, and takes a finite step', async () => {
    const [a, b] = start();
    const flat = clippedAdam([a, b]);
    const gradient = tensor1d([3e30, 4e30]);
    const norm = flat.apply({ [a.name]: gradient }, 0.1);
    expectCloseArrays(await norm.data(), [5e30], { relative: 1e-5 });
    expectCloseArrays(await a.data(), [0.9, -2.1], { absolute: 1e-4 });
    expect([...(await b.data())]).toEqual([0.5]);
    flat.dispose();
    dispose([a, b, gradient, norm]);
  });

  it('puts back a copy of the weights, and leaves no tensor behind', async () => {
    await expectNoLeak(async () => {
      const variables = start();
      const flat = clippedAdam(variables);
      const copy = flat.weights();
      const { value, grads } = variableGrads(() => loss(variables), [...variables]);
      dispose([value, flat.apply(grads, 1), ...Object.values(grads)]);
      flat.assign(copy);
      expect([...(await variables[0].data())]).toEqual([1, -2]);
      flat.dispose();
      dispose([copy, ...variables]);
    });
  });
});
