import type { WasmBackend } from '../wasm-backend';
import { withScratch } from './heap';
import { type Address, type KernelFunctions, kernelsOf, PANEL_COLUMNS } from './kernel-module';
import { type Window, withWindow } from './window';

/** What follows a product in the same pass: a bias per column, then the range of the activation. */
export interface Epilogue {
  bias?: { address: Address; size: number } | undefined;
  low: number;
  high: number;
}

/** No activation. */
export const UNLIMITED = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };

interface Convolution {
  images: number;
  /** Where positions look, and the address of its source. */
  window: Window;
  source: Address;
  /** Where positions write: a window with one tap. */
  target: Window;
  output: Address;
  columns: number;
  epilogue?: Epilogue;
  /** Packs the matrix of one tap of the window, in its order; `panelBytes` from one panel to the next. */
  pack(kernels: KernelFunctions, tap: number, panels: Address, panelBytes: number): void;
}

/** `output[p] = limit(bias + Σ_tap pixel(p, tap) · B_tap)`: packs B, then runs `convolve` of the module. */
export function convolve(
  backend: WasmBackend,
  { images, window, source, target, output, columns, epilogue = UNLIMITED, pack }: Convolution,
): void {
  const kernels = kernelsOf(backend);
  const taps = window.tapRows.length * window.tapColumns.length;
  const tapBytes = window.channels * PANEL_COLUMNS * 4;
  const panelCount = Math.ceil(columns / PANEL_COLUMNS);
  const panelBytes = taps * tapBytes;
  const biasBytes = panelCount * PANEL_COLUMNS * 4;
  withScratch(backend, panelCount * panelBytes + biasBytes, (panels) => {
    for (let tap = 0; tap < taps; tap++) pack(kernels, tap, panels + tap * tapBytes, panelBytes);
    const bias = panels + panelCount * panelBytes;
    writeBias(backend, bias, biasBytes, epilogue.bias);
    withScratch(backend, kernels.convolveScratchBytes(taps), (scratch) =>
      withWindow(backend, window, source, (looks) =>
        withWindow(backend, target, output, (writes) =>
          kernels.convolve(
            looks,
            writes,
            images,
            window.channels,
            panels,
            columns,
            bias,
            epilogue.low,
            epilogue.high,
            scratch,
          ),
        ),
      ),
    );
  });
}

/** A tile adds eight biases at a time, so those of the last panel are filled up with zeros. */
function writeBias(backend: WasmBackend, address: Address, bytes: number, bias: Epilogue['bias']): void {
  const heap = backend.wasm.HEAPU8;
  heap.fill(0, address, address + bytes);
  if (bias) heap.copyWithin(address, bias.address, bias.address + bias.size * 4);
}
