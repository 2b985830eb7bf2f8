import { expectCloseArrays } from '@factornet/core/testing';
import { describe, expect, it } from 'vitest';
import { logisticLoss } from './logistic-loss';
import { minimise } from './minimise';

describe('minimise', () => {
  it('finds the minimum of a badly scaled bowl', async () => {
    const curvatures = [1, 100, 0.01];
    const objective = (point: Float64Array, gradient: Float64Array) => {
      let value = 0;
      for (const [index, curvature] of curvatures.entries()) {
        const off = (point[index] as number) - index;
        gradient[index] = curvature * off;
        value += 0.5 * curvature * off * off;
      }
      return value;
    };
    const found = await minimise(objective, new Float64Array(3).fill(5), {
      tolerance: 1e-10,
      iterations: 200,
    });
    expect(found.converged).toBe(true);
    expectCloseArrays(found.point, [0, 1, 2], { absolute: 1e-7 });
    const stopped = await minimise(objective, new Float64Array(3).fill(5), { tolerance: 0, iterations: 2 });
    expect(stopped).toMatchObject({ converged: false, iterations: 2 });
  });
});

describe('logisticLoss', () => {
  it('has the gradient of its value', () => {
    const features = { rows: 4, columns: 2, data: Float64Array.of(1, 2, -1, 0.5, 0.3, -2, 1.5, 1) };
    const loss = logisticLoss(features, Int32Array.of(0, 1, 2, 1), 3, Float64Array.of(0.1, 0.7));
    const point = Float64Array.from({ length: 9 }, (_, index) => Math.sin(index));
    const gradient = new Float64Array(9);
    loss(point, gradient);
    const differences = point.map((value, index) => {
      const scratch = new Float64Array(9);
      return (
        (loss(point.with(index, value + 1e-5), scratch) - loss(point.with(index, value - 1e-5), scratch)) /
        2e-5
      );
    });
    expectCloseArrays(gradient, differences, { absolute: 1e-9 });
  });
});
