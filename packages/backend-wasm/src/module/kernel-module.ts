import { guardCalls } from '@factornet/spec/heap';
import type { WasmBackend } from '../wasm-backend';
import { kernelBytes, sharedKernelBytes } from './kernel-bytes';

/** Columns of a packed panel (`TILE_COLUMNS` in assembly/tile.ts). */
export const PANEL_COLUMNS = 8;

/** An address on the WASM heap, in bytes. */
export type Address = number;

/** What `assembly/index.ts` exports; each function's docstring is there. */
export interface KernelFunctions {
  convolve(
    window: Address,
    target: Address,
    images: number,
    depth: number,
    panels: Address,
    columns: number,
    bias: Address,
    low: number,
    high: number,
    scratch: Address,
  ): void;
  convolveScratchBytes(taps: number): number;
  convolveFilter(
    window: Address,
    images: number,
    depth: number,
    gradient: Address,
    columns: number,
    filter: Address,
    scratch: Address,
  ): void;
  convolveFilterScratchBytes(columns: number): number;
  poolingGradient(
    window: Address,
    upstream: Address,
    images: number,
    channels: number,
    shift: number,
    isAverage: boolean,
    height: number,
    width: number,
    scratch: Address,
  ): void;
  padPictures(
    source: Address,
    images: number,
    height: number,
    rowBytes: number,
    top: number,
    bottom: number,
    leftBytes: number,
    rightBytes: number,
    target: Address,
  ): void;
  clip(x: Address, size: number, low: number, high: number, y: Address): void;
  /** 1 or 0. */
  holdsNaN(x: Address, size: number): number;
  clippedGradient(dy: Address, x: Address, size: number, low: number, high: number, dx: Address): void;
  sumRows(x: Address, rows: number, channels: number, factor: number, totals: Address): void;
  sumCentredProducts(
    dy: Address,
    x: Address,
    mean: Address,
    rows: number,
    channels: number,
    products: Address,
  ): void;
  scaleRows(
    x: Address,
    rows: number,
    channels: number,
    shift: Address,
    factor: Address,
    offset: Address,
    y: Address,
  ): void;
  addressScratchBytes(taps: number): number;
  depthwiseFilterGradient(
    window: Address,
    images: number,
    channels: number,
    gradient: Address,
    filter: Address,
    scratch: Address,
  ): void;
  depthwiseConvolve(
    window: Address,
    target: Address,
    images: number,
    channels: number,
    filter: Address,
    scratch: Address,
  ): void;
  addSegments(x: Address, ids: Address, count: number, size: number, segments: number, totals: Address): void;
  packPanels(
    b: Address,
    rows: number,
    columns: number,
    rowBytes: number,
    panels: Address,
    panelBytes: number,
  ): void;
  packTransposedPanels(
    b: Address,
    rows: number,
    columns: number,
    rowBytes: number,
    panels: Address,
    panelBytes: number,
  ): void;
}

/** Instances die with their backend: `tf.removeBackend` frees the heap they work on. */
const instances = new WeakMap<object, KernelFunctions>();

/** Our own kernels, compiled for the heap of this backend. */
export function kernelsOf(backend: WasmBackend): KernelFunctions {
  let functions = instances.get(backend.wasm);
  if (functions === undefined) {
    const memory = memoryOf(backend);
    const isShared = typeof SharedArrayBuffer !== 'undefined' && memory.buffer instanceof SharedArrayBuffer;
    const module = compile(isShared ? sharedKernelBytes : kernelBytes);
    const { exports } = new WebAssembly.Instance(module, { env: { memory } });
    functions = guardCalls(backend.wasm, exports as unknown as KernelFunctions);
    instances.set(backend.wasm, functions);
  }
  return functions;
}

/** Emscripten's minifier renames the export, so it is found by what it is. */
function memoryOf({ wasm }: WasmBackend): WebAssembly.Memory {
  const candidates = [wasm.wasmMemory, ...Object.values(wasm.asm ?? {})];
  const memory = candidates.find(
    (candidate): candidate is WebAssembly.Memory =>
      candidate instanceof WebAssembly.Memory && candidate.buffer === wasm.HEAPU8.buffer,
  );
  if (memory !== undefined) return memory;
  throw new Error(
    '@factornet/backend-wasm: expected the WASM backend to expose its memory as TensorFlow.js 4.22 does, found none. ' +
      'Install @tensorflow/tfjs-backend-wasm ^4.22, or unregisterTrainingKernels() to use the stock kernels.',
  );
}

function compile(base64: string): WebAssembly.Module {
  try {
    return new WebAssembly.Module(decodeBase64(base64));
  } catch (cause) {
    throw new Error(
      '@factornet/backend-wasm: expected an engine with WebAssembly SIMD, which every browser since 2023 has. ' +
        'Update it, or unregisterTrainingKernels() to use the stock kernels.',
      { cause },
    );
  }
}

function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
