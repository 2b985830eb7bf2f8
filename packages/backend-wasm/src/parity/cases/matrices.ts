import * as tf from '@tensorflow/tfjs';
import { seededTensor } from '../../testing/seeded-tensor';
import { gradientCase, type ParityCase } from '../parity-case';

/** Left and right shape before transposing. */
const products: [number[], number[]][] = [
  [
    [1, 1],
    [1, 1],
  ],
  [
    [3, 4],
    [4, 5],
  ],
  [
    [1, 17],
    [17, 1],
  ],
  [
    [9, 33],
    [33, 10],
  ],
  [
    [2, 3, 4],
    [2, 4, 5],
  ],
  [
    [2, 3, 4, 5],
    [2, 3, 5, 4],
  ],
  [
    [0, 4],
    [4, 3],
  ],
];
const swapped = (shape: number[]) => [...shape.slice(0, -2), shape.at(-1) as number, shape.at(-2) as number];

/** Equations with the shapes they are given. */
const equations: [string, ...number[][]][] = [
  [',->', [], []],
  ['i->', [4]],
  ['ij->', [3, 4]],
  ['ij->j', [3, 4]],
  ['ij->ji', [3, 4]],
  ['i,i->', [4], [4]],
  ['i,j->ij', [3], [4]],
  ['i,->i', [3], []],
  ['ij,j->i', [3, 4], [4]],
  ['ij,jk->ik', [3, 4], [4, 5]],
  ['ij,jk->ki', [3, 4], [4, 5]],
  ['bij,bjk->bik', [2, 3, 4], [2, 4, 5]],
  ['bij,bkj->bik', [2, 3, 4], [2, 5, 4]],
  ['ijk,kl->jli', [2, 3, 4], [4, 5]],
  ['btnh,bsnh->bnts', [2, 3, 2, 4], [2, 5, 2, 4]],
  ['bnts,bsnh->btnh', [2, 2, 3, 5], [2, 5, 2, 4]],
  ['abc,cd->abd', [2, 3, 4], [4, 5]],
  ['abcd,cde->abe', [2, 2, 3, 4], [3, 4, 2]],
];

export const matrixCases: ParityCase[] = [
  ...products.flatMap(([left, right]) =>
    [false, true].flatMap((transposeLeft) =>
      [false, true].map((transposeRight) =>
        gradientCase(
          `matMul [${left}] [${right}] ${transposeLeft} ${transposeRight}`,
          (a: tf.Tensor, b: tf.Tensor) => tf.matMul(a, b, transposeLeft, transposeRight),
          () => [
            seededTensor(transposeLeft ? swapped(left) : left, 1),
            seededTensor(transposeRight ? swapped(right) : right, 2),
          ],
        ),
      ),
    ),
  ),
  ...[[5], [], [1, 5]].flatMap((bias): ParityCase[] => [
    {
      name: `fused matMul, bias [${bias}]`,
      run: () =>
        (['linear', 'relu', 'relu6', 'elu', 'sigmoid', 'leakyrelu'] as const).map((activation) =>
          tf.fused.matMul({
            a: seededTensor([3, 4], 1),
            b: seededTensor([4, 5], 2),
            bias: seededTensor(bias, 3),
            activation,
            leakyreluAlpha: 0.2,
          }),
        ),
    },
    gradientCase(
      `gradient of fused matMul, bias [${bias}]`,
      (a: tf.Tensor, b: tf.Tensor, c: tf.Tensor) => tf.fused.matMul({ a, b, bias: c, activation: 'relu' }),
      () => [seededTensor([3, 4], 1), seededTensor([4, 5], 2), seededTensor(bias, 3)],
    ),
  ]),
  ...equations.map(([equation, ...shapes]) => ({
    name: `einsum ${equation}`,
    run: () => [
      tf.einsum(equation, ...shapes.map((shape, at) => seededTensor(shape, at + 1))),
      tf.einsum(
        equation,
        ...shapes.map((shape, at) =>
          seededTensor(shape, at + 1)
            .mul(9)
            .cast('int32'),
        ),
      ),
    ],
  })),
  // TensorFlow.js forgets to sum the gradient over broadcast batches, on every backend.
  {
    name: 'matMul, broadcast',
    run: () => [
      tf.matMul(seededTensor([2, 3, 4], 1), seededTensor([1, 4, 5], 2)),
      tf.matMul(seededTensor([4, 5], 1), seededTensor([3, 5, 2], 2)),
    ],
  },
  gradientCase(
    'dot',
    (a: tf.Tensor, b: tf.Tensor) => tf.dot(a, b),
    () => [seededTensor([6], 1), seededTensor([6], 2)],
  ),
  {
    name: 'Gram-Schmidt',
    run: () => [tf.linalg.gramSchmidt(seededTensor<tf.Rank.R2>([3, 3], 1)) as tf.Tensor],
    tolerance: 1e-3,
  },
  { name: 'QR', run: () => tf.linalg.qr(seededTensor([4, 3], 1)), tolerance: 1e-3 },
];
