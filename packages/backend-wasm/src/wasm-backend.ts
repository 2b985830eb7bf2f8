import type { TensorInfo } from '@tensorflow/tfjs';

/**
 * The part of TensorFlow.js's `BackendWasm` that the kernels use. Declared here because
 * `@tensorflow/tfjs-backend-wasm` exports the class as a type only through a deep import.
 */
export interface WasmBackend {
  /** The Emscripten module. */
  readonly wasm: {
    readonly HEAPU8: Uint8Array;
    readonly asm?: Readonly<Record<string, unknown>>;
    readonly wasmMemory?: unknown;
    _malloc(bytes: number): number;
    _free(address: number): void;
  };
  readonly dataIdMap: { get(dataId: TensorInfo['dataId']): { memoryOffset: number; shape: number[] } };
  makeOutput(shape: number[], dtype: TensorInfo['dtype']): TensorInfo;
  typedArrayFromHeap(info: TensorInfo): Float32Array | Int32Array | Uint8Array;
  disposeData(dataId: TensorInfo['dataId']): boolean;
  incRef(dataId: TensorInfo['dataId']): void;
}

/**
 * A float32 view of a tensor on the WASM heap. Every allocation may grow the heap, which detaches
 * all earlier views: allocate first, take views last.
 */
export function floatsOf(backend: WasmBackend, info: TensorInfo): Float32Array {
  return backend.typedArrayFromHeap(info) as Float32Array;
}

/** An int32 view of a tensor on the WASM heap, with the same caveat as {@link floatsOf}. */
export function integersOf(backend: WasmBackend, info: TensorInfo): Int32Array {
  return backend.typedArrayFromHeap(info) as Int32Array;
}

/** A new float32 tensor of zeros. Faster than `tf.zeros`, which fills an array outside the heap and copies it. */
export function makeZeros(backend: WasmBackend, shape: number[]): TensorInfo {
  const output = backend.makeOutput(shape, 'float32');
  floatsOf(backend, output).fill(0);
  return output;
}

/** The same data under another shape. Shares the reference: dispose of one of the two, not both. */
export function reshaped(info: TensorInfo, shape: number[]): TensorInfo {
  return { dataId: info.dataId, dtype: info.dtype, shape };
}

/** Throws unless every tensor is float32: the XNNPACK operators underneath know no other type. */
export function requireFloat32(kernelName: string, tensors: Record<string, TensorInfo>): void {
  for (const [name, tensor] of Object.entries(tensors)) {
    if (tensor.dtype !== 'float32') {
      throw new Error(
        `${kernelName} on the wasm backend: expected '${name}' to be float32, got ${tensor.dtype}. ` +
          `Cast it with tf.cast(${name}, 'float32') first.`,
      );
    }
  }
}
