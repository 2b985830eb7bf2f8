import { useBackend } from '@factornet/core';
import { expectNoLeak } from '@factornet/core/testing';
import { grad, type Scalar, scalar, tidy } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { limitFromAbove } from './limit-from-above';

describe.each(['cpu', 'wasm'])('limitFromAbove on %s', (backend) => {
  beforeAll(() => useBackend(backend));

  it.each([
    { at: 1, direction: 1, value: 1, gradient: 1 },
    { at: 1, direction: -1, value: -1, gradient: -1 },
    { at: 3, direction: 1, value: 2, gradient: 1 },
    { at: 3, direction: -1, value: -2, gradient: 0 },
  ])('at $at, minimising $direction · min(v, 2)', async ({ at, direction, value, gradient }) => {
    const evaluate = (input: Scalar) => limitFromAbove(input, 2).mul(direction) as Scalar;
    expect([...(await evaluate(scalar(at)).data())]).toEqual([value]);
    expect((await grad(evaluate as never)(scalar(at)).data())[0]).toBeCloseTo(gradient, 6);
  });

  it('leaves no tensor behind', () =>
    expectNoLeak(() => tidy(() => void grad((input) => limitFromAbove(input as Scalar, 2))(scalar(3)))));
});
