import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs';
import {
  type ConvolutionAttributes,
  type ConvolutionGeometry,
  convolutionGeometry,
  isEmpty,
} from '../convolution-geometry';
import { runKernel } from '../run-kernel';
import { floatsOf, makeZeros, requireFloat32, type WasmBackend } from '../wasm-backend';

/**
 * `dx[n, p·stride + i·dilation − pad, …, c] += Σ_m dy[n, p, …, c·multiplier + m] · w[i, j, c, m]`.
 *
 * Stride 1 with one filter per channel is the forward kernel on the flipped filter; the rest is a plain
 * loop, which the little arithmetic of a depthwise convolution can afford.
 */
function depthwiseConv2dNativeBackpropInput(
  backend: WasmBackend,
  dy: TensorInfo,
  filter: TensorInfo,
  geometry: ConvolutionGeometry,
): TensorInfo {
  if (isEmpty(geometry)) return makeZeros(backend, geometry.inShape);
  const { padInfo, effectiveFilterHeight, effectiveFilterWidth, inHeight, inWidth } = geometry;
  const top = effectiveFilterHeight - 1 - padInfo.top;
  const left = effectiveFilterWidth - 1 - padInfo.left;
  const bottom = inHeight - geometry.outHeight + effectiveFilterHeight - 1 - top;
  const right = inWidth - geometry.outWidth + effectiveFilterWidth - 1 - left;
  const plain =
    geometry.strideHeight === 1 &&
    geometry.strideWidth === 1 &&
    geometry.outChannels === geometry.inChannels &&
    Math.min(top, left, bottom, right) >= 0;
  if (!plain) return directGradient(backend, dy, filter, geometry);

  const flipped = backend.makeOutput(filter.shape, 'float32');
  flipTaps(floatsOf(backend, filter), floatsOf(backend, flipped), geometry.inChannels);
  const dx = runKernel(
    backend,
    'DepthwiseConv2dNative',
    { x: dy, filter: flipped },
    {
      strides: [1, 1],
      dilations: [geometry.dilationHeight, geometry.dilationWidth],
      pad: [
        [0, 0],
        [top, bottom],
        [left, right],
        [0, 0],
      ],
    },
  );
  backend.disposeData(flipped.dataId);
  return dx;
}

function flipTaps(source: Float32Array, target: Float32Array, channels: number): void {
  for (let write = 0, read = source.length - channels; read >= 0; read -= channels, write += channels) {
    for (let channel = 0; channel < channels; channel++) {
      target[write + channel] = source[read + channel] as number;
    }
  }
}

function directGradient(
  backend: WasmBackend,
  dy: TensorInfo,
  filter: TensorInfo,
  geometry: ConvolutionGeometry,
): TensorInfo {
  const { batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, outChannels, padInfo } = geometry;
  const multiplier = outChannels / inChannels;
  const output = makeZeros(backend, geometry.inShape);
  const dx = floatsOf(backend, output);
  const upstream = floatsOf(backend, dy);
  const weights = floatsOf(backend, filter);
  for (let image = 0; image < batchSize; image++) {
    for (let outRow = 0; outRow < outHeight; outRow++) {
      for (let outColumn = 0; outColumn < outWidth; outColumn++) {
        const read = ((image * outHeight + outRow) * outWidth + outColumn) * outChannels;
        for (let tap = 0; tap < geometry.filterHeight * geometry.filterWidth; tap++) {
          const tapRow = Math.floor(tap / geometry.filterWidth);
          const row = outRow * geometry.strideHeight + tapRow * geometry.dilationHeight - padInfo.top;
          const column =
            outColumn * geometry.strideWidth +
            (tap % geometry.filterWidth) * geometry.dilationWidth -
            padInfo.left;
          if (row < 0 || row >= inHeight || column < 0 || column >= inWidth) continue;
          const write = ((image * inHeight + row) * inWidth + column) * inChannels;
          const weightsAt = tap * outChannels;
          for (let channel = 0; channel < inChannels; channel++) {
            let sum = dx[write + channel] as number;
            for (let copy = channel * multiplier; copy < (channel + 1) * multiplier; copy++) {
              sum += (upstream[read + copy] as number) * (weights[weightsAt + copy] as number);
            }
            dx[write + channel] = sum;
          }
        }
      }
    }
  }
  return output;
}

export const depthwiseConv2dNativeBackpropInputConfig: KernelConfig = {
  kernelName: 'DepthwiseConv2dNativeBackpropInput',
  backendName: 'wasm',
  kernelFunc: ({ inputs, backend, attrs }) => {
    const { dy, filter } = inputs as { dy: TensorInfo; filter: TensorInfo };
    const attributes = attrs as unknown as ConvolutionAttributes & { inputShape: number[] };
    requireFloat32('DepthwiseConv2dNativeBackpropInput', { dy, filter });
    const geometry = convolutionGeometry(
      'DepthwiseConv2dNativeBackpropInput',
      attributes.inputShape,
      filter.shape,
      attributes,
      true,
    );
    return depthwiseConv2dNativeBackpropInput(backend as WasmBackend, dy, filter, geometry);
  },
};
