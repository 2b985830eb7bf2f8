import type { ConvolutionGeometry } from '../convolution-geometry';
import type { WasmBackend } from '../wasm-backend';
import { withScratch } from './heap';
import type { Address } from './kernel-module';

/** Where a convolution looks: the fields of `assembly/window.ts` that do not depend on where tensors lie. */
export interface Window {
  sourceHeight: number;
  sourceWidth: number;
  channels: number;
  /** From one pixel to the next; default: its channels. */
  pixelFloats?: number;
  /** Outside of the source: no address, in place of that of zeros. */
  skipsOutside?: boolean;
  gridHeight: number;
  gridWidth: number;
  stepHeight: number;
  stepWidth: number;
  tapRows: readonly number[];
  tapColumns: readonly number[];
}

/** What each output position of a forward convolution sees of its input. */
export function forwardWindow(geometry: ConvolutionGeometry): Window {
  const { filterHeight, filterWidth, dilationHeight, dilationWidth, padInfo } = geometry;
  return {
    sourceHeight: geometry.inHeight,
    sourceWidth: geometry.inWidth,
    channels: geometry.inChannels,
    gridHeight: geometry.outHeight,
    gridWidth: geometry.outWidth,
    stepHeight: geometry.strideHeight,
    stepWidth: geometry.strideWidth,
    tapRows: Array.from({ length: filterHeight }, (_, row) => row * dilationHeight - padInfo.top),
    tapColumns: Array.from({ length: filterWidth }, (_, column) => column * dilationWidth - padInfo.left),
  };
}

/** Where each output position of a forward convolution writes. */
export function outputWindow({ outHeight, outWidth, outChannels }: ConvolutionGeometry): Window {
  return {
    sourceHeight: outHeight,
    sourceWidth: outWidth,
    channels: outChannels,
    gridHeight: outHeight,
    gridWidth: outWidth,
    stepHeight: 1,
    stepWidth: 1,
    tapRows: [0],
    tapColumns: [0],
  };
}

/** A matrix as one line of pixels. */
export function rowWindow(rows: number, columns: number): Window {
  return {
    sourceHeight: 1,
    sourceWidth: rows,
    channels: columns,
    gridHeight: 1,
    gridWidth: rows,
    stepHeight: 1,
    stepWidth: 1,
    tapRows: [0],
    tapColumns: [0],
  };
}

const FIELDS = 12;
/** A tile reads up to three floats past the last channel. */
const SPARE_FLOATS = 4;

/** Places a window, and the zeros that it shows outside of its source, on the heap while `use` runs. */
export function withWindow<Result>(
  backend: WasmBackend,
  window: Window,
  source: Address,
  use: (window: Address) => Result,
): Result {
  const { tapRows, tapColumns } = window;
  const words = FIELDS + tapRows.length + tapColumns.length;
  const zeros = window.channels + SPARE_FLOATS;
  return withScratch(backend, (words + zeros) * 4, (address) => {
    const placed = new Int32Array(backend.wasm.HEAPU8.buffer, address, words + zeros);
    placed.set([
      source,
      window.skipsOutside ? 0 : address + words * 4,
      window.sourceHeight,
      window.sourceWidth,
      (window.pixelFloats ?? window.channels) * 4,
      window.gridHeight,
      window.gridWidth,
      window.stepHeight,
      window.stepWidth,
      tapRows.length,
      tapColumns.length,
      address + FIELDS * 4,
      ...tapRows,
      ...tapColumns,
    ]);
    placed.fill(0, words);
    return use(address);
  });
}
