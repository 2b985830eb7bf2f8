import { useBackend } from '@factornet/core';
import { expectCloseArrays, expectNoLeak } from '@factornet/core/testing';
import { type Tensor2D, tensor2d } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { gradientAt, valueAt } from '../testing/evaluate';
import { numericGradient } from '../testing/numeric-gradient';
import { barberAgakov } from './barber-agakov';

const logits = [
  [2, -1, 0.5],
  [0.1, 0.4, -2],
  [1, 1, 3],
];

function softmax(row: readonly number[]): number[] {
  const total = row.reduce((sum, value) => sum + Math.exp(value), 0);
  return row.map((value) => Math.exp(value) / total);
}

describe.each(['cpu', 'wasm'])('barberAgakov on %s', (backend) => {
  beforeAll(() => useBackend(backend));
  const { value, surrogate } = barberAgakov();
  const of =
    (targets: number[][], labelEntropy = 0.9, evaluate = value) =>
    (input: Tensor2D) =>
      evaluate({ logits: input, targets: tensor2d(targets), labelEntropy });
  const oneHot = [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ];

  it('is H(y) less the cross-entropy in nats', async () => {
    const crossEntropy = -logits.reduce((sum, row, i) => sum + Math.log(softmax(row)[i] as number), 0) / 3;
    expectCloseArrays([await valueAt(of(oneHot), logits)], [0.9 - crossEntropy]);
  });

  it('is H(y) for a perfect classifier, 0 for one that knows the label frequencies only', async () => {
    const sure = oneHot.map((row) => row.map((value) => 100 * value));
    expectCloseArrays([await valueAt(of(oneHot, Math.log(3)), sure)], [Math.log(3)]);
    const uniform = oneHot.map((row) => row.map(() => 0.3));
    expectCloseArrays([await valueAt(of(oneHot, Math.log(3)), uniform)], [0]);
  });

  it('leaves out rows without a label', async () => {
    const masked = [
      [1, 0, 0],
      [0, 0, 0],
      [0, 0, 1],
    ];
    const kept = [logits[0] as number[], logits[2] as number[]];
    const expected = await valueAt(
      of([
        [1, 0, 0],
        [0, 0, 1],
      ]),
      kept,
    );
    expectCloseArrays([await valueAt(of(masked), logits)], [expected]);
    const gradient = await gradientAt(of(masked, 0.9, surrogate), logits);
    expectCloseArrays(gradient.slice(3, 6), [0, 0, 0]);
  });

  it('is 0 with gradient 0 when no row has a label', async () => {
    const none = logits.map((row) => row.map(() => 0));
    expect(await valueAt(of(none), logits)).toBe(0);
    expectCloseArrays(await gradientAt(of(none, 0.9, surrogate), logits), new Array(9).fill(0));
  });

  it('takes soft targets', async () => {
    const soft = [
      [0.7, 0.2, 0.1],
      [0.1, 0.1, 0.8],
      [0.25, 0.5, 0.25],
    ];
    const likelihood = logits.reduce(
      (sum, row, i) =>
        sum + softmax(row).reduce((part, q, k) => part + (soft[i]?.[k] as number) * Math.log(q), 0),
      0,
    );
    expectCloseArrays([await valueAt(of(soft), logits)], [0.9 + likelihood / 3]);
    const gradient = await gradientAt(of(soft, 0.9, surrogate), logits);
    const expected = logits.flatMap((row, i) =>
      softmax(row).map((q, k) => ((soft[i]?.[k] as number) - q) / 3),
    );
    expectCloseArrays(gradient, expected, { absolute: 1e-6 });
    expectCloseArrays(gradient, await numericGradient(of(soft), logits), { absolute: 1e-3 });
  });

  it('leaves no tensor behind', () =>
    expectNoLeak(() => {
      const [scores, targets] = [tensor2d(logits), tensor2d(oneHot)];
      value({ logits: scores, targets, labelEntropy: 1 }).dispose();
      scores.dispose();
      targets.dispose();
    }));
});
