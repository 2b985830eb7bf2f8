import {
  broadcast_util,
  engine,
  type KernelConfig,
  type NamedTensorInfoMap,
  type TensorInfo,
  util,
} from '@tensorflow/tfjs';
import { convolve, type Epilogue } from '../module/convolve';
import { addressOf, withScratch } from '../module/heap';
import { type Address, kernelsOf } from '../module/kernel-module';
import { rowWindow, withWindow } from '../module/window';
import type { KernelReplacement } from '../replacement';
import { type KernelAttributes, runKernel } from '../run-kernel';
import { floatsOf, type WasmBackend } from '../wasm-backend';
import { fusedEpilogue } from './fused-epilogue';

interface Transposition {
  transposeA: boolean;
  transposeB: boolean;
}

/** One product `[rows, depth] · [depth, columns]` of matrices on the heap, either of which may lie transposed. */
interface Product {
  transposeB: boolean;
  epilogue: Epilogue | undefined;
  a: Address;
  b: Address;
  output: Address;
  rows: number;
  depth: number;
  columns: number;
}

/**
 * `op(a) · op(b)` for float32 matrices, one pair or many.
 *
 * The stock kernel has one fast path, XNNPACK's fully connected operator, for a single pair of
 * untransposed matrices; everything else runs a scalar loop twenty times slower. That path stays for
 * inference, since it keeps b packed between calls with the same weights; in training they are new each time.
 */
function batchMatMul(stock: KernelConfig): KernelConfig['kernelFunc'] {
  return (parameters) => {
    const { a, b } = parameters.inputs as { a: TensorInfo; b: TensorInfo };
    const transposition = parameters.attrs as unknown as Transposition;
    if (!isOurs(a, b, transposition)) return stock.kernelFunc(parameters);
    return multiply(parameters.backend as WasmBackend, a, b, transposition);
  };
}

/** The same with a bias and an activation. */
function fusedMatMul(stock: KernelConfig): KernelConfig['kernelFunc'] {
  return (parameters) => {
    const backend = parameters.backend as WasmBackend;
    const { a, b, ...others } = parameters.inputs as NamedTensorInfoMap & { a: TensorInfo; b: TensorInfo };
    const attributes = parameters.attrs as unknown as KernelAttributes & Transposition;
    const { transposeA, transposeB, activation } = attributes;
    if (!isOurs(a, b, attributes)) return stock.kernelFunc(parameters);
    const columns = b.shape.at(transposeB ? -2 : -1) as number;
    const epilogue = transposeA ? undefined : fusedEpilogue(backend, { ...others, activation }, columns);
    if (epilogue !== undefined) return multiply(backend, a, b, attributes, epilogue);
    // What has no epilogue here has one there, for an untransposed pair.
    const plainA = transposeA ? transposed(backend, a) : a;
    const plainB = transposeB ? transposed(backend, b) : b;
    const plain = { ...attributes, transposeA: false, transposeB: false };
    const product = runKernel(backend, stock, { ...others, a: plainA, b: plainB }, plain);
    if (transposeA) backend.disposeData(plainA.dataId);
    if (transposeB) backend.disposeData(plainB.dataId);
    return product;
  };
}

function isOurs(a: TensorInfo, b: TensorInfo, { transposeA, transposeB }: Transposition): boolean {
  const isSingle = [a, b].every(({ shape }) => util.sizeFromShape(shape.slice(0, -2)) === 1);
  const isTraining = engine().state.gradientDepth > 0;
  const isFloat = a.dtype === 'float32' && b.dtype === 'float32';
  return isFloat && (isTraining || transposeA || transposeB || !isSingle);
}

function multiply(
  backend: WasmBackend,
  a: TensorInfo,
  b: TensorInfo,
  transposition: Transposition,
  epilogue?: Epilogue,
): TensorInfo {
  const { transposeA, transposeB } = transposition;
  if (transposeA && transposeB) {
    const plainB = transposed(backend, b);
    const product = multiply(backend, a, plainB, { transposeA, transposeB: false });
    backend.disposeData(plainB.dataId);
    return product;
  }
  const [aRows, aColumns] = a.shape.slice(-2) as [number, number];
  const [bRows, bColumns] = b.shape.slice(-2) as [number, number];
  const [rows, depth] = transposeA ? [aColumns, aRows] : [aRows, aColumns];
  const [depthOfB, columns] = transposeB ? [bColumns, bRows] : [bRows, bColumns];
  const batches = [a, b].map(({ shape }) => shape.slice(0, -2)) as [number[], number[]];
  const batchShape = broadcast_util.assertAndGetBroadcastShape(...batches);
  if (depth !== depthOfB) {
    throw new Error(
      `matMul on the wasm backend: expected inner dimensions that agree, got [${a.shape}] and [${b.shape}] ` +
        `with transposeA=${transposeA} and transposeB=${transposeB}.`,
    );
  }
  const output = backend.makeOutput([...batchShape, rows, columns], 'float32');
  floatsOf(backend, output).fill(0);
  if (output.shape.includes(0)) return output;
  const [indicesOfA, indicesOfB] = batches.map((shape) => broadcastIndices(shape, batchShape)) as [
    number[],
    number[],
  ];
  for (const [index, indexOfA] of indicesOfA.entries()) {
    const run = transposeA ? multiplyTransposed : multiplyRows;
    run(backend, {
      transposeB,
      epilogue,
      rows,
      depth,
      columns,
      a: addressOf(backend, a) + indexOfA * rows * depth * 4,
      b: addressOf(backend, b) + (indicesOfB[index] as number) * depth * columns * 4,
      output: addressOf(backend, output) + index * rows * columns * 4,
    });
  }
  return output;
}

/** Which matrix of `shape` belongs to each one of the broadcast `outShape`. */
function broadcastIndices(shape: number[], outShape: number[]): number[] {
  let indices = [0];
  const missing = outShape.length - shape.length;
  for (const [axis, size] of outShape.entries()) {
    const own = shape[axis - missing] ?? 1;
    indices = indices.flatMap((index) =>
      Array.from({ length: size }, (_, position) => index * own + (own === 1 ? 0 : position)),
    );
  }
  return indices;
}

/** `aᵀ · b`: sums of outer products of rows, as in a filter's gradient. */
function multiplyTransposed(backend: WasmBackend, { a, b, output, rows, depth, columns }: Product): void {
  const kernels = kernelsOf(backend);
  withScratch(backend, kernels.convolveFilterScratchBytes(columns), (scratch) =>
    withWindow(backend, rowWindow(depth, rows), a, (window) =>
      kernels.convolveFilter(window, 1, rows, b, columns, output, scratch),
    ),
  );
}

/** `a · b` or `a · bᵀ`: a convolution of a row of pixels with a filter of one tap. */
function multiplyRows(
  backend: WasmBackend,
  { a, b, output, rows, depth, columns, transposeB, epilogue }: Product,
): void {
  convolve(backend, {
    images: 1,
    window: rowWindow(rows, depth),
    source: a,
    target: rowWindow(rows, columns),
    output,
    columns,
    ...(epilogue && { epilogue }),
    pack(kernels, _tap, panels, panelBytes) {
      if (transposeB) kernels.packTransposedPanels(b, depth, columns, depth * 4, panels, panelBytes);
      else kernels.packPanels(b, depth, columns, columns * 4, panels, panelBytes);
    },
  });
}

function transposed(backend: WasmBackend, matrix: TensorInfo): TensorInfo {
  const rank = matrix.shape.length;
  const perm = matrix.shape.map((_, axis) => axis);
  perm.splice(rank - 2, 2, rank - 1, rank - 2);
  return runKernel(backend, 'Transpose', { x: matrix }, { perm });
}

export const batchMatMulReplacement: KernelReplacement = { kernelName: 'BatchMatMul', create: batchMatMul };

export const fusedMatMulReplacement: KernelReplacement = { kernelName: '_FusedMatMul', create: fusedMatMul };
