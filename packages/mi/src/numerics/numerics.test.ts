import { useBackend } from '@factornet/core';
import { expectCloseArrays, expectNoLeak } from '@factornet/core/testing';
import { dispose, grad, grads, type Tensor, type Tensor2D, tensor1d, tensor2d, tidy } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { gradientAt, valueAt } from '../testing/evaluate';
import { scoreFixture } from '../testing/score-fixture';
import { cappedExp } from './capped-exp';
import { leaveOneOutLogSumExp } from './leave-one-out';
import { logAddExp } from './log-add-exp';
import { diagonal, diagonalMean, offDiagonalLogMeanExp, offDiagonalMean } from './off-diagonal';
import { stopGradient } from './stop-gradient';

/** Reads and disposes of what `make` makes. */
async function read(make: () => Tensor): Promise<number[]> {
  const result = tidy(make);
  const values = [...(await result.data())];
  result.dispose();
  return values;
}

describe.each(['cpu', 'wasm'])('numerics on %s', (backend) => {
  beforeAll(() => useBackend(backend));

  it('stopGradient passes the value, and 0 as gradient, also of what has no gradient', async () => {
    const point = tensor1d([3, -1, 2]);
    const held = (input: Tensor) =>
      stopGradient((inner) => inner.greater(0).cast('float32').add(inner), input).mul(input);
    expectCloseArrays(await read(() => held(point)), [12, 1, 6]);
    expectCloseArrays(await read(() => grad(held)(point)), [4, -1, 3]);
    expectCloseArrays(
      await read(() => grad((input) => stopGradient((inner) => inner, input))(point)),
      [0, 0, 0],
    );
    point.dispose();
  });

  it('cappedExp is exp up to 80, and keeps its gradient beyond', async () => {
    const point = tensor1d([-500, 0, 1, 80, 1e4]);
    const expected = [0, 1, Math.E, Math.exp(80), Math.exp(80)];
    expectCloseArrays(await read(() => cappedExp(point)), expected, { relative: 1e-4 });
    expectCloseArrays(await read(() => grad((input) => cappedExp(input))(point)), expected, {
      relative: 1e-4,
    });
    point.dispose();
  });

  it('logAddExp broadcasts, and has its gradient where both are equal', async () => {
    const [matrix, row] = [
      tensor2d([
        [1, 500],
        [2, -500],
      ]),
      tensor1d([1, 500]),
    ];
    const expected = [1 + Math.LN2, 500 + Math.LN2, 2 + Math.log1p(Math.exp(-1)), 500];
    expectCloseArrays(await read(() => logAddExp(matrix, row)), expected);
    const [atMatrix, atRow] = grads((...both: Tensor[]) => logAddExp(both[0] as Tensor, both[1] as Tensor))([
      matrix,
      row,
    ]);
    const share = 1 / (1 + Math.exp(-1));
    expectCloseArrays(await (atMatrix as Tensor).data(), [0.5, 0.5, share, 0]);
    expectCloseArrays(await (atRow as Tensor).data(), [0.5 + 1 - share, 0.5 + 1]);
    dispose([matrix, row, atMatrix as Tensor, atRow as Tensor]);
  });

  it('tells the diagonal from the rest', async () => {
    const scores = scoreFixture(5);
    const joint = scores.map((row, i) => row[i] as number);
    const others = scores.flatMap((row, i) => row.filter((_, j) => i !== j));
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    expectCloseArrays(await read(() => diagonal(tensor2d(scores))), joint);
    expectCloseArrays([await valueAt(diagonalMean, scores)], [mean(joint)]);
    expectCloseArrays([await valueAt(offDiagonalMean, scores)], [mean(others)], { absolute: 1e-6 });
    const logMeanExp = Math.log(mean(others.map(Math.exp)));
    expectCloseArrays([await valueAt(offDiagonalLogMeanExp, scores)], [logMeanExp]);
  });

  it('offDiagonalLogMeanExp is exact for large batches, and for scores of any size', async () => {
    const constant = (batch: number, score: number) =>
      Array.from({ length: batch }, () => new Array<number>(batch).fill(score));
    expectCloseArrays([await valueAt(offDiagonalLogMeanExp, constant(256, 1))], [1], { absolute: 5e-6 });
    expectCloseArrays([await valueAt(offDiagonalLogMeanExp, constant(2, -1e4))], [-1e4]);
    expectCloseArrays(await gradientAt(offDiagonalLogMeanExp, constant(2, 1e4)), [0, 0.5, 0.5, 0]);
  });

  it('leaveOneOutLogSumExp leaves out one row, also one that holds nearly all', async () => {
    const scores = [
      [1, 60, 7],
      [2, 0, 7],
      [-3, 1, 7],
    ];
    const expected = [0, 1, 2].flatMap((k) =>
      [0, 1, 2].map((j) =>
        Math.log(
          [0, 1, 2].filter((l) => l !== k).reduce((sum, l) => sum + Math.exp(scores[l]?.[j] as number), 0),
        ),
      ),
    );
    expectCloseArrays(await read(() => leaveOneOutLogSumExp(tensor2d(scores))), expected);
    const gradient = await gradientAt(
      (input: Tensor2D) => leaveOneOutLogSumExp(input).sum().asScalar(),
      scores,
    );
    expect(gradient.every(Number.isFinite)).toBe(true);
    // Each of the three sums of a column passes on 1.
    const columns = [0, 1, 2].map((j) =>
      [0, 1, 2].reduce((sum, i) => sum + (gradient[3 * i + j] as number), 0),
    );
    expectCloseArrays(columns, [3, 3, 3], { absolute: 1e-5 });
    expectCloseArrays(
      gradient.slice(3, 6),
      [
        Math.exp(2 - (expected[0] as number)) + Math.exp(2 - (expected[6] as number)),
        Math.exp(0 - (expected[1] as number)),
        2 * 0.5,
      ],
      { absolute: 1e-5 },
    );
  });

  it('leaves no tensor behind', () =>
    expectNoLeak(() => {
      const scores = tensor2d(scoreFixture(4));
      const made = [
        stopGradient((input) => input.max(), scores),
        cappedExp(scores),
        logAddExp(scores, scores),
        offDiagonalMean(scores),
        offDiagonalLogMeanExp(scores),
        leaveOneOutLogSumExp(scores),
        grad((input) => leaveOneOutLogSumExp(input as Tensor2D))(scores),
      ];
      dispose([scores, ...made]);
    }));
});
