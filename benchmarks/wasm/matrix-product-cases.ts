import { matMul, randomUniform } from '@tensorflow/tfjs';
import type { KernelCase } from './kernel-case';

/** `[batch?, rows, inner, columns]`; dense layers' gradients are the transposed products. */
export const matrixProductCases: KernelCase[] = [
  matrixProduct([1024, 1024, 1024]),
  matrixProduct([64, 4096, 512]),
  matrixProduct([16, 128, 64, 128]),
];

function matrixProduct(sizes: readonly number[]): KernelCase {
  const [rows, inner, columns] = sizes.slice(-3) as [number, number, number];
  const batch = sizes.slice(0, -3);
  return {
    shape: [...batch, `${rows}×${inner}·${inner}×${columns}`].join(' of '),
    prepare: () =>
      [
        { kernel: 'a·b', transposeA: false, transposeB: false },
        { kernel: 'aT·b', transposeA: true, transposeB: false },
        { kernel: 'a·bT', transposeA: false, transposeB: true },
        { kernel: 'aT·bT', transposeA: true, transposeB: true },
      ].map(({ kernel, transposeA, transposeB }) => {
        const a = randomUniform(
          [...batch, ...(transposeA ? [inner, rows] : [rows, inner])],
          0,
          1,
          'float32',
          1,
        );
        const b = randomUniform(
          [...batch, ...(transposeB ? [columns, inner] : [inner, columns])],
          -1,
          1,
          'float32',
          2,
        );
        const work = { operations: 2 * sizes.reduce((product, size) => product * size, 1) };
        return {
          kernel: `${batch.length > 0 ? 'BatchMatMul' : 'MatMul'} ${kernel}`,
          work,
          run: () => matMul(a, b, transposeA, transposeB),
        };
      }),
  };
}
