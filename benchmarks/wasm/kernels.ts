import { dispose, matMul, randomUniform, type Tensor2D, tidy } from '@tensorflow/tfjs';
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

const kernelCases: readonly KernelCase[] = [...convolutionCases, ...matrixProductCases, ...memoryBoundCases];

/** All kernels, shape by shape; `onCase` hears what comes next. */
export function measureKernels(repeats: Repeats, onCase: (line: string) => void): KernelFigure[] {
  const matrices = [1, 2].map((seed) => randomUniform([1024, 1024], -1, 1, 'float32', seed));
  const [first, second] = matrices as [Tensor2D, Tensor2D];
  const matrixProduct = () => tidy(() => void matMul(first, second));
  const figures: KernelFigure[] = [];
  for (const [position, kernelCase] of kernelCases.entries()) {
    onCase(`${position + 1}/${kernelCases.length}: ${kernelCase.shape}`);
    tidy(() => void figures.push(...measureCase(kernelCase, matrixProduct, repeats)));
  }
  dispose(matrices);
  return figures;
}

/** Rounds of the plain product and every kernel of the case, so that the ratios compare like with like; in a `tidy`. */
function measureCase(
  { shape, prepare }: KernelCase,
  matrixProduct: () => void,
  repeats: Repeats,
): KernelFigure[] {
  const passes = prepare();
  const milliseconds: Readonly<Record<string, number>> = timeInRounds(
    {
      matrixProduct,
      ...Object.fromEntries(passes.map(({ kernel, run }) => [kernel, () => tidy(() => void run())])),
    },
    repeats,
  );
  const matrixProductGflops = (2 * 1024 ** 3) / (milliseconds.matrixProduct as number) / 1e6;
  return passes.map(({ kernel, work }) => {
    const duration = milliseconds[kernel] as number;
    const measured = { kernel, shape, milliseconds: duration };
    if ('bytes' in work) return { ...measured, gigabytesPerSecond: work.bytes / duration / 1e6 };
    const gflops = work.operations / duration / 1e6;
    return { ...measured, gflops, overMatrixProduct: gflops / matrixProductGflops, matrixProductGflops };
  });
}
