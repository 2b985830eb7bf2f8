import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs';
import {
  type ConvolutionAttributes,
  type ConvolutionGeometry,
  convolutionGeometry,
  isEmpty,
} from '../convolution-geometry';
import { addressOf, withScratch } from '../module/heap';
import { kernelsOf } from '../module/kernel-module';
import { forwardWindow, withWindow } from '../module/window';
import { makeZeros, requireFloat32, type WasmBackend } from '../wasm-backend';
import { repeatChannels } from './depthwise-channels';

type Attributes = ConvolutionAttributes & { filterShape: number[] };

/** `dw[i, j, c, m] = Σ x[n, p·stride + i·dilation − pad, …, c] · dy[n, p, …, c·multiplier + m]`. */
function depthwiseConv2dNativeBackpropFilter(
  backend: WasmBackend,
  x: TensorInfo,
  dy: TensorInfo,
  geometry: ConvolutionGeometry,
): TensorInfo {
  const dw = makeZeros(backend, geometry.filterShape);
  if (isEmpty(geometry)) return dw;
  const { batchSize, inChannels, outChannels } = geometry;
  const isRepeated = outChannels !== inChannels;
  const pictures = isRepeated ? repeatChannels(backend, x, outChannels / inChannels) : x;
  const kernels = kernelsOf(backend);
  const window = { ...forwardWindow(geometry), channels: outChannels };
  withScratch(backend, kernels.addressScratchBytes(1), (scratch) =>
    withWindow(backend, window, addressOf(backend, pictures), (source) =>
      kernels.depthwiseFilterGradient(
        source,
        batchSize,
        outChannels,
        addressOf(backend, dy),
        addressOf(backend, dw),
        scratch,
      ),
    ),
  );
  if (isRepeated) backend.disposeData(pictures.dataId);
  return dw;
}

export const depthwiseConv2dNativeBackpropFilterConfig: KernelConfig = {
  kernelName: 'DepthwiseConv2dNativeBackpropFilter',
  backendName: 'wasm',
  kernelFunc: ({ inputs, backend, attrs }) => {
    const { x, dy } = inputs as { x: TensorInfo; dy: TensorInfo };
    const attributes = attrs as unknown as Attributes;
    requireFloat32('DepthwiseConv2dNativeBackpropFilter', { x, dy });
    const geometry = convolutionGeometry(
      'DepthwiseConv2dNativeBackpropFilter',
      x.shape,
      attributes.filterShape,
      attributes,
      true,
    );
    return depthwiseConv2dNativeBackpropFilter(backend as WasmBackend, x, dy, geometry);
  },
};
