import { matMul, randomNormal, type Tensor2D, tidy } from '@tensorflow/tfjs';
import { convolutionCases } from './convolution-cases';
import type { KernelCase } from './kernel-case';
import { matrixProductCases } from './matrix-product-cases';
import { memoryBoundCases } from './memory-bound-cases';
import { type Repeats, timeInRounds } from './timing';

export interface KernelFigure {
  readonly kernel: string;
  readonly shape: string;
  readonly milliseconds: number;
  /** Of kernels that arithmetic bounds: GFLOP/s, and their share of what the plain product reached beside them. */
  readonly gflops?: number;
  readonly overMatrixProduct?: number;
  readonly matrixProductGflops?: number;
  /** Of kernels that memory bounds: compulsory traffic over time. */
  readonly gigabytesPerSecond?: number;
}

export const kernelCases: readonly KernelCase[] = [
  ...convolutionCases,
  ...matrixProductCases,
  ...memoryBoundCases,
];

/** Rounds of the plain product and every kernel of the case, so that the ratios compare like with like. */
export function measureKernels({ shape, prepare }: KernelCase, repeats: Repeats): KernelFigure[] {
  return tidy(() => {
    const passes = prepare();
    const matrices = randomNormal([2, 1024, 1024], 0, 1, 'float32', 1).unstack() as [Tensor2D, Tensor2D];
    const milliseconds = timeInRounds(
      {
        matrixProduct: () => tidy(() => void matMul(...matrices)),
        ...Object.fromEntries(passes.map(({ kernel, run }) => [kernel, () => tidy(() => void run())])),
      },
      repeats,
    );
    const matrixProductGflops = (2 * 1024 ** 3) / milliseconds.matrixProduct / 1e6;
    return passes.map(({ kernel, work }) => {
      const duration = (milliseconds as Record<string, number>)[kernel] as number;
      const measured = { kernel, shape, milliseconds: duration };
      if ('bytes' in work) return { ...measured, gigabytesPerSecond: work.bytes / duration / 1e6 };
      const gflops = work.operations / duration / 1e6;
      return { ...measured, gflops, overMatrixProduct: gflops / matrixProductGflops, matrixProductGflops };
    });
  });
}
