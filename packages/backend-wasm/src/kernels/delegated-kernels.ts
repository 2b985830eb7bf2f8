import { backend_util, type KernelConfig, type NamedTensorInfoMap, type TensorInfo } from '@tensorflow/tfjs';
import type { KernelReplacement } from '../replacement';
import type { WasmBackend } from '../wasm-backend';
import { holdsNaN } from './holds-nan';
import { onCpu } from './on-cpu';

type Condition = (
  inputs: NamedTensorInfoMap,
  attributes: Record<string, unknown>,
  backend: WasmBackend,
) => boolean;

const anyOf =
  (...conditions: Condition[]): Condition =>
  (...call) =>
    conditions.some((condition) => condition(...call));

/** Kernels that the WASM backend lacks, that give indices or strings, and that nothing differentiates. */
export const delegatedConfigs: KernelConfig[] = [
  'Draw',
  'RaggedGather',
  'RaggedRange',
  'RaggedTensorToTensor',
  'StaticRegexReplace',
].map((kernelName) => ({ kernelName, backendName: 'wasm', kernelFunc: onCpu(kernelName) }));

function hasInputOf(test: (dtype: string) => boolean): Condition {
  return (inputs) =>
    Object.values(inputs)
      .flat()
      .some((input) => input != null && test(input.dtype));
}

const isEmpty: Condition = ({ a, b, x, images }) =>
  [a, b, x, images].some((input) => input?.shape.includes(0));

const hasNaN: Condition = (inputs, _, backend) =>
  Object.values(inputs).some((input) => holdsNaN(backend, input as TensorInfo));

const hasStrings = hasInputOf((dtype) => dtype === 'string');
const hasOtherThanFloats = hasInputOf((dtype) => dtype !== 'float32');

/**
 * XNNPACK rounds the output's size down, and refuses windows of one pixel and pictures of none without a word. The
 * stock kernels then leave the output (or its last row) unwritten.
 */
const isBeyondXnnpack: Condition = (inputs, attributes) => {
  const { filterSize, strides, pad, dimRoundingMode } = attributes as {
    filterSize: number;
    strides: number;
    pad: number;
    dimRoundingMode: 'ceil';
  };
  const info = backend_util.computePool2DInfo(
    (inputs.x as TensorInfo).shape as [number, number, number, number],
    filterSize,
    strides,
    1,
    pad,
    dimRoundingMode,
  );
  const { top, bottom, left, right } = info.padInfo;
  const rows = Math.floor((info.inHeight + top + bottom - info.filterHeight) / info.strideHeight) + 1;
  const columns = Math.floor((info.inWidth + left + right - info.filterWidth) / info.strideWidth) + 1;
  const isOnePixel = info.filterHeight * info.filterWidth === 1;
  const isNoPixel = info.inHeight * info.inWidth === 0;
  return isOnePixel || isNoPixel || rows !== info.outHeight || columns !== info.outWidth;
};

const always: Condition = () => true;

/** The stock kernels' own mistakes and refusals (TensorFlow.js 4.22), and when each shows. */
const conditions: Record<string, Condition> = {
  // Strings are compared, repeated and scattered as if their addresses were numbers.
  Equal: hasStrings,
  NotEqual: hasStrings,
  Greater: hasStrings,
  GreaterEqual: hasStrings,
  Less: hasStrings,
  LessEqual: hasStrings,
  SparseToDense: hasStrings,
  Tile: hasStrings,
  Fill: (_, { dtype, value }) => dtype === 'string' || typeof value === 'string',
  // Refused: XNNPACK and our own kernels know float32 only. A sum of nothing is zero, and was left unwritten.
  BatchMatMul: anyOf(hasOtherThanFloats, isEmpty),
  _FusedMatMul: anyOf(hasOtherThanFloats, isEmpty),
  // What comes of nothing was left unwritten, or got a shape of its own.
  Max: isEmpty,
  Min: isEmpty,
  Prod: isEmpty,
  All: isEmpty,
  Any: isEmpty,
  ResizeBilinear: isEmpty,
  ResizeNearestNeighbor: isEmpty,
  GatherV2: isEmpty,
  // XNNPACK takes NaN for the least number of all.
  MaxPool: anyOf(hasOtherThanFloats, isBeyondXnnpack, hasNaN),
  AvgPool: anyOf(hasOtherThanFloats, isBeyondXnnpack, hasNaN),
  Maximum: hasNaN,
  Minimum: hasNaN,
  // Start from the smallest positive number, so that negative maxima are lost.
  Dilation2D: always,
  Dilation2DBackpropFilter: always,
  Dilation2DBackpropInput: always,
  MaxPoolWithArgmax: always,
  // Miss the last frames, or begin behind the first, for most strides and paddings.
  Conv3DBackpropFilterV2: always,
  Conv3DBackpropInputV2: always,
  // Moves four bytes per truth value, past the end of the tensor.
  Reverse: ({ x }) => (x as TensorInfo).dtype === 'bool',
  // A matrix is counted as a whole; the stock kernel gives a row per row.
  Bincount: ({ x }) => (x as TensorInfo).shape.length !== 1,
};

/** Stock kernels, with the cases that they get wrong computed by the CPU backend. */
export const delegatedReplacements: KernelReplacement[] = Object.entries(conditions).map(
  ([kernelName, isWrong]) => ({
    kernelName,
    create: (stock) => {
      const delegate = onCpu(kernelName);
      return (call) =>
        isWrong(call.inputs, (call.attrs ?? {}) as Record<string, unknown>, call.backend as WasmBackend)
          ? delegate(call)
          : stock.kernelFunc(call);
    },
  }),
);
