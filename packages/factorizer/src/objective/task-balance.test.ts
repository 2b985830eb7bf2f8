import { grad, type Scalar, scalar, setBackend, type Tensor, tensor1d, tidy } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { balanceTasks, type TaskBalance } from './task-balance';

beforeAll(() => setBackend('cpu'));

async function weigh(balance: TaskBalance, losses: number[], errors: number[]) {
  const sum = tidy(() =>
    balance.weigh(
      losses.map((loss) => scalar(loss)),
      errors.map((one) => scalar(one)),
    ),
  );
  const [value] = await sum.data();
  sum.dispose();
  return value as number;
}

describe('balanceTasks', () => {
  it('weighs by the moving average of what tasks get wrong, from 1 on', async () => {
    const balance = balanceTasks(3);
    const errors = [
      [2, 0.1, 0],
      [1.5, 0.3, -4],
      [0.2, 0, -9],
    ];
    let averages = [1, 1, 1];
    for (const [index, batch] of errors.entries()) {
      averages = averages.map((average, task) => 0.95 * average + 0.05 * (batch[task] as number));
      const shares = averages.map((average) => Math.max(0, average) + 0.02);
      const total = shares.reduce((sum, share) => sum + share);
      const losses = [1 + index, 10, 0.5];
      const expected = losses.reduce(
        (sum, loss, task) => sum + (3 * (shares[task] as number) * loss) / total,
        0,
      );
      expect(await weigh(balance, losses, batch)).toBeCloseTo(expected, 4);
    }
    balance.dispose();
  });

  it('leaves a single task, and tasks that are alike, as they are', async () => {
    const balance = balanceTasks(1);
    expect(await weigh(balance, [3], [0])).toBeCloseTo(3, 5);
    balance.dispose();
    const alike = balanceTasks(2);
    expect(await weigh(alike, [3, 4], [0.7, 0.7])).toBeCloseTo(7, 5);
    alike.dispose();
  });

  it('is a constant to the gradient of errors', async () => {
    const balance = balanceTasks(2);
    const before = (await balance.state[0]?.array()) as number[];
    const errors = tensor1d([2, 0.5]);
    // The same numbers are loss and error.
    const slopes = tidy(() =>
      grad((given: Tensor) => {
        const each = [0, 1].map((task) => given.slice(task, 1).asScalar()) as Scalar[];
        return balance.weigh(each, each);
      })(errors),
    );
    const shares = before.map((average, task) => 0.95 * average + 0.05 * ([2, 0.5][task] as number) + 0.02);
    const mean = ((shares[0] as number) + (shares[1] as number)) / 2;
    const [first, second] = await slopes.data();
    expect(first).toBeCloseTo((shares[0] as number) / mean, 5);
    expect(second).toBeCloseTo((shares[1] as number) / mean, 5);
    for (const each of [errors, slopes, balance]) each.dispose();
  });
});
