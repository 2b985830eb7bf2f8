import { expectNoLeak } from '@factornet/core/testing';
import { dispose, type Scalar, scalar, setBackend, tidy, variable, variableGrads } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { trainedValue } from './trained-value';

beforeAll(() => setBackend('cpu'));

/** `log x` to report, `x³` to train on, both times 2, at x = 3. */
async function probe() {
  const x = tidy(() => variable(scalar(3)));
  const { value, grads } = variableGrads(
    () => tidy(() => trainedValue(x.log() as Scalar, x.pow(3) as Scalar).mul(2) as Scalar),
    [x],
  );
  const slope = grads[x.name] as Scalar;
  const numbers = [(await value.data())[0], (await slope.data())[0]];
  dispose([x, value, slope]);
  return numbers as [number, number];
}

describe('trainedValue', () => {
  it('is the value, with the slope of the surrogate', async () => {
    const [value, slope] = await probe();
    expect(value).toBeCloseTo(2 * Math.log(3), 5);
    expect(slope).toBeCloseTo(2 * 3 * 3 ** 2, 4);
  });

  it('lets nothing of the value into the gradient, not even where it is infinite', () => {
    const x = tidy(() => variable(scalar(0)));
    const { value, grads } = variableGrads(
      () => tidy(() => trainedValue(x.log() as Scalar, x.mul(5) as Scalar)),
      [x],
    );
    expect((grads[x.name] as Scalar).arraySync()).toBe(5);
    dispose([x, value, ...Object.values(grads)]);
  });

  it('leaves no tensor behind', () => expectNoLeak(probe));
});
