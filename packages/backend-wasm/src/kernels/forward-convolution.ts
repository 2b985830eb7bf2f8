import type { TensorInfo } from '@tensorflow/tfjs';
import type { ConvolutionGeometry } from '../convolution-geometry';
import { convolve, type Epilogue } from '../module/convolve';
import { addressOf } from '../module/heap';
import { pixelWindow, withPictures } from '../module/pictures';
import { outputWindow } from '../module/window';
import type { WasmBackend } from '../wasm-backend';

/** `y[n, p, …, o] = limit(bias[o] + Σ x[n, p·stride + i·dilation − pad, …, c] · w[i, j, c, o])`. */
export function forwardConvolution(
  backend: WasmBackend,
  x: TensorInfo,
  filter: TensorInfo,
  geometry: ConvolutionGeometry,
  epilogue: Epilogue,
): TensorInfo {
  const { outChannels, batchSize } = geometry;
  const output = backend.makeOutput(geometry.outShape, 'float32');
  const window = pixelWindow(geometry);
  withPictures(backend, x, geometry, (source) =>
    convolve(backend, {
      images: batchSize,
      window,
      source,
      target: outputWindow(geometry),
      output: addressOf(backend, output),
      columns: outChannels,
      epilogue,
      pack(kernels, tap, panels, panelBytes) {
        const matrix = addressOf(backend, filter) + tap * window.channels * outChannels * 4;
        kernels.packPanels(matrix, window.channels, outChannels, outChannels * 4, panels, panelBytes);
      },
    }),
  );
  return output;
}
