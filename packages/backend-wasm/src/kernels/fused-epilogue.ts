import type { TensorInfo } from '@tensorflow/tfjs';
import { type Epilogue, UNLIMITED } from '../module/convolve';
import { addressOf } from '../module/heap';
import type { WasmBackend } from '../wasm-backend';

/** Activations that are a range of values. */
const ranges: Readonly<Record<string, { low: number; high: number }>> = {
  linear: UNLIMITED,
  relu: { low: 0, high: Number.POSITIVE_INFINITY },
  relu6: { low: 0, high: 6 },
};

interface Fused {
  bias?: TensorInfo;
  preluActivationWeights?: TensorInfo;
  activation?: unknown;
}

/** The epilogue of a fused product with `size` columns, or undefined where only the stock kernel knows it. */
export function fusedEpilogue(
  backend: WasmBackend,
  { bias, preluActivationWeights, activation }: Fused,
  size: number,
): Epilogue | undefined {
  const range = ranges[String(activation ?? 'linear')];
  const isVector = bias == null || (bias.shape.length === 1 && bias.shape[0] === size);
  if (range === undefined || preluActivationWeights != null || !isVector) return undefined;
  return { ...range, ...(bias != null && { bias: { address: addressOf(backend, bias), size } }) };
}
