import type { TensorInfo } from '@tensorflow/tfjs';
import { floatsOf, type WasmBackend } from '../wasm-backend';

/** Every channel `multiplier` times in a row: `[…, c] → […, c · multiplier]`. */
export function repeatChannels(backend: WasmBackend, x: TensorInfo, multiplier: number): TensorInfo {
  const channels = x.shape[x.shape.length - 1] as number;
  const output = backend.makeOutput([...x.shape.slice(0, -1), channels * multiplier], 'float32');
  const source = floatsOf(backend, x);
  const target = floatsOf(backend, output);
  for (let read = 0, write = 0; read < source.length; read++) {
    for (let copy = 0; copy < multiplier; copy++) target[write++] = source[read] as number;
  }
  return output;
}

/** Sums every `multiplier` channels in a row, `[…, c · multiplier] → […, c]`: the gradient of {@link repeatChannels}. */
export function sumRepeatedChannels(backend: WasmBackend, x: TensorInfo, multiplier: number): TensorInfo {
  const channels = (x.shape[x.shape.length - 1] as number) / multiplier;
  const output = backend.makeOutput([...x.shape.slice(0, -1), channels], 'float32');
  const source = floatsOf(backend, x);
  const target = floatsOf(backend, output);
  for (let write = 0, read = 0; write < target.length; write++) {
    let sum = 0;
    for (let copy = 0; copy < multiplier; copy++) sum += source[read++] as number;
    target[write] = sum;
  }
  return output;
}
