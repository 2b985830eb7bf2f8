import { type KernelConfig, type TensorInfo, util } from '@tensorflow/tfjs';
import type { KernelReplacement } from '../replacement';
import { runKernel } from '../run-kernel';
import { floatsOf, reshaped, type WasmBackend } from '../wasm-backend';

/** XNNPACK works on rows; longer ones than this gain nothing more. */
const LONGEST_ROW = 2048;

/** Smaller tensors are not worth a second allocation. */
const FEWEST_VALUES = 4096;

/**
 * A tensor `[…, channels]` with one number per channel: XNNPACK broadcasts along rows of `channels`
 * values, so with few channels most of the time goes into starting rows. The same numbers repeated
 * a few times and the tensor seen as longer rows give the same result five times as fast.
 */
function inLongRows(stock: KernelConfig): KernelConfig['kernelFunc'] {
  return (parameters) => {
    const { a, b } = parameters.inputs as { a: TensorInfo; b: TensorInfo };
    const vector = isChannelVector(b, a) ? b : isChannelVector(a, b) ? a : undefined;
    if (!vector) return stock.kernelFunc(parameters);
    const tensor = vector === b ? a : b;
    const channels = tensor.shape[tensor.shape.length - 1] as number;
    const rows = util.sizeFromShape(tensor.shape) / channels;
    const repeats = repetitions(rows, channels);
    if (repeats === 1) return stock.kernelFunc(parameters);

    const backend = parameters.backend as WasmBackend;
    const repeated = backend.makeOutput([repeats * channels], 'float32');
    const source = floatsOf(backend, vector);
    const target = floatsOf(backend, repeated);
    for (let start = 0; start < target.length; start += channels) target.set(source, start);
    const long = reshaped(tensor, [rows / repeats, repeats * channels]);
    const inputs = vector === b ? { a: long, b: repeated } : { a: repeated, b: long };
    const result = runKernel(backend, stock, inputs);
    backend.disposeData(repeated.dataId);
    return reshaped(result, tensor.shape);
  };
}

function isChannelVector(vector: TensorInfo, tensor: TensorInfo): boolean {
  const { shape } = vector;
  const channels = tensor.shape[tensor.shape.length - 1];
  return (
    vector.dtype === 'float32' &&
    tensor.dtype === 'float32' &&
    shape.length >= 1 &&
    shape.length <= tensor.shape.length &&
    shape[shape.length - 1] === channels &&
    util.sizeFromShape(shape) === channels &&
    util.sizeFromShape(tensor.shape) >= FEWEST_VALUES
  );
}

/** The largest divisor of the rows that keeps them short enough. */
function repetitions(rows: number, channels: number): number {
  for (let repeats = Math.min(rows, Math.floor(LONGEST_ROW / channels)); repeats > 1; repeats--) {
    if (rows % repeats === 0) return repeats;
  }
  return 1;
}

export const channelwiseReplacements: KernelReplacement[] = ['Add', 'Sub', 'Multiply'].map((kernelName) => ({
  kernelName,
  create: inLongRows,
}));
