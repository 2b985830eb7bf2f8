import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs';
import {
  type ConvolutionAttributes,
  type ConvolutionGeometry,
  convolutionGeometry,
  isEmpty,
} from '../convolution-geometry';
import { addressOf, withScratch } from '../module/heap';
import { kernelsOf } from '../module/kernel-module';
import { pixelWindow, withPictures } from '../module/pictures';
import { withWindow } from '../module/window';
import { makeZeros, requireFloat32, type WasmBackend } from '../wasm-backend';

/**
 * `dw[i, j, c, o] = Σ x[n, p·stride + i·dilation − pad, …, c] · dy[n, p, …, o]`, summed over images n and
 * output positions p: per tap (i, j) the product of the pixels it sees, transposed, and dy.
 */
export function conv2DBackpropFilter(
  backend: WasmBackend,
  x: TensorInfo,
  dy: TensorInfo,
  geometry: ConvolutionGeometry,
): TensorInfo {
  const { filterHeight, filterWidth, inChannels, outChannels, batchSize } = geometry;
  const dw = makeZeros(backend, [filterHeight, filterWidth, inChannels, outChannels]);
  if (isEmpty(geometry)) return dw;
  const kernels = kernelsOf(backend);
  const window = pixelWindow(geometry);
  withPictures(backend, x, geometry, (pictures) =>
    withScratch(backend, kernels.convolveFilterScratchBytes(outChannels), (scratch) =>
      withWindow(backend, window, pictures, (source) =>
        kernels.convolveFilter(
          source,
          batchSize,
          window.channels,
          addressOf(backend, dy),
          outChannels,
          addressOf(backend, dw),
          scratch,
        ),
      ),
    ),
  );
  return dw;
}

export const conv2DBackpropFilterConfig: KernelConfig = {
  kernelName: 'Conv2DBackpropFilter',
  backendName: 'wasm',
  kernelFunc: ({ inputs, backend, attrs }) => {
    const { x, dy } = inputs as { x: TensorInfo; dy: TensorInfo };
    const attributes = attrs as unknown as ConvolutionAttributes & { filterShape: number[] };
    requireFloat32('Conv2DBackpropFilter', { x, dy });
    const geometry = convolutionGeometry('Conv2DBackpropFilter', x.shape, attributes.filterShape, attributes);
    return conv2DBackpropFilter(backend as WasmBackend, x, dy, geometry);
  },
};
