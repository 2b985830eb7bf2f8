import { engine, type Tensor, tensor } from '@tensorflow/tfjs';
import { floatsOf, type WasmBackend } from '../wasm-backend';
import type { SharedRows } from './protocol';

/** One stretch of shared memory that is used again, and replaced only when more is needed. */
export interface ReusedBuffer {
  atLeast(bytes: number): SharedArrayBuffer;
}

export function reusedBuffer(): ReusedBuffer {
  let buffer = new SharedArrayBuffer(0);
  return {
    atLeast(bytes) {
      if (buffer.byteLength < bytes) buffer = new SharedArrayBuffer(bytes);
      return buffer;
    },
  };
}

export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((size, length) => size * length, 1);
}

/** A tensor with a copy of these rows. */
export function readRows({ buffer, dtype, byteOffset, shape }: SharedRows): Tensor {
  const size = sizeOf(shape);
  const values =
    dtype === 'int32' ? new Int32Array(buffer, byteOffset, size) : new Float32Array(buffer, byteOffset, size);
  return tensor(values, [...shape], dtype);
}

/** Writes float32 tensors one after the other; `undefined` leaves zeros. Returns the position behind them. */
export function writeTensors(
  target: Float32Array,
  tensors: readonly (Tensor | null | undefined)[],
  sizes: readonly number[],
  start = 0,
): number {
  let position = start;
  tensors.forEach((values, index) => {
    const end = position + (sizes[index] as number);
    if (values) target.set(viewOf(values), position);
    else target.fill(0, position, end);
    position = end;
  });
  return position;
}

/** A tensor's values where they lie, valid until the next allocation; copied if they lie on another backend. */
function viewOf(values: Tensor): Float32Array {
  const backend = engine().backend as unknown as WasmBackend & {
    dataIdMap: { has(dataId: object): boolean };
  };
  return backend.dataIdMap.has(values.dataId) ? floatsOf(backend, values) : values.dataSync<'float32'>();
}

/** Tensors with copies of what {@link writeTensors} wrote. */
export function readTensors(
  source: Float32Array,
  shapes: readonly (readonly number[])[],
  start = 0,
): Tensor[] {
  let position = start;
  return shapes.map((shape) => {
    const begin = position;
    position += sizeOf(shape);
    return tensor(source.subarray(begin, position), [...shape], 'float32');
  });
}
