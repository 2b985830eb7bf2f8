import { featureMatrix } from '@factornet/core/samples';
import { expect, it } from 'vitest';
import { temperatureLoss } from './temperature-loss';

const logits = featureMatrix([
  [2, -1, 0.5],
  [30, 29, -4],
  [0, 0, 0],
  [1, 2, 3],
]);
const targets = featureMatrix([
  [1, 0, 0],
  [0, 2, 0],
  [0.2, 0.3, 0.5],
  [0, 0, 0],
]);

it('is the cross-entropy of softmax at that temperature', () => {
  const log = (row: readonly number[], label: number, beta: number) =>
    beta * (row[label] as number) - Math.log(row.reduce((sum, value) => sum + Math.exp(beta * value), 0));
  for (const beta of [0.3, 1, 2]) {
    const expected = -log([2, -1, 0.5], 0, beta) - 2 * log([30, 29, -4], 1, beta) + Math.log(3);
    expect(temperatureLoss(logits, targets)(beta).value).toBeCloseTo(expected, 9);
  }
});

it('has the slope and the curvature of finite differences', () => {
  const loss = temperatureLoss(logits, targets);
  const step = 1e-5;
  for (const beta of [0.05, 0.4, 1, 3]) {
    const [below, here, above] = [beta - step, beta, beta + step].map(loss) as [
      ReturnType<typeof loss>,
      ReturnType<typeof loss>,
      ReturnType<typeof loss>,
    ];
    expect(here.slope).toBeCloseTo((above.value - below.value) / (2 * step), 5);
    expect(here.curvature).toBeCloseTo((above.slope - below.slope) / (2 * step), 5);
    expect(here.curvature).toBeGreaterThan(0);
  }
});
