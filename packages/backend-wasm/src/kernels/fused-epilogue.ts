import type { TensorInfo } from '@tensorflow/tfjs';
import type { Epilogue } from '../module/convolve';
import { addressOf } from '../module/heap';
import type { WasmBackend } from '../wasm-backend';
import { activationRange } from './activation-range';

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
  const range = activationRange(activation);
  const isVector = bias == null || (bias.shape.length === 1 && bias.shape[0] === size);
  if (range === undefined || preluActivationWeights != null || !isVector) return undefined;
  return { ...range, ...(bias != null && { bias: { address: addressOf(backend, bias), size } }) };
}
