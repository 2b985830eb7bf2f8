import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs';
import { type ConvolutionAttributes, convolutionGeometry, isEmpty } from '../convolution-geometry';
import { floatsOf, makeZeros, requireFloat32, type WasmBackend } from '../wasm-backend';

type Attributes = ConvolutionAttributes & { filterShape: number[] };

/**
 * `dw[i, j, c, m] = Σ x[n, p·stride + i·dilation − pad, …, c] · dy[n, p, …, c·multiplier + m]`.
 *
 * One product per output element and tap is too little work for a matrix kernel, so this is a plain
 * loop over the heap, tap by tap along rows, with one partial sum per image to keep float32 exact enough.
 */
function depthwiseConv2dNativeBackpropFilter(
  backend: WasmBackend,
  x: TensorInfo,
  dy: TensorInfo,
  attributes: Attributes,
): TensorInfo {
  const geometry = convolutionGeometry(
    'DepthwiseConv2dNativeBackpropFilter',
    x.shape,
    attributes.filterShape,
    attributes,
    true,
  );
  const output = makeZeros(backend, attributes.filterShape);
  if (isEmpty(geometry)) return output;
  const { batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, outChannels, padInfo } = geometry;
  const multiplier = outChannels / inChannels;
  const dw = floatsOf(backend, output);
  const input = floatsOf(backend, x);
  const upstream = floatsOf(backend, dy);
  const partial = new Float32Array(dw.length);
  for (let image = 0; image < batchSize; image++) {
    partial.fill(0);
    for (let tap = 0; tap < geometry.filterHeight * geometry.filterWidth; tap++) {
      const rowOffset = Math.floor(tap / geometry.filterWidth) * geometry.dilationHeight - padInfo.top;
      const columnOffset = (tap % geometry.filterWidth) * geometry.dilationWidth - padInfo.left;
      for (let outRow = 0; outRow < outHeight; outRow++) {
        const row = outRow * geometry.strideHeight + rowOffset;
        if (row < 0 || row >= inHeight) continue;
        for (let outColumn = 0; outColumn < outWidth; outColumn++) {
          const column = outColumn * geometry.strideWidth + columnOffset;
          if (column < 0 || column >= inWidth) continue;
          const inputAt = ((image * inHeight + row) * inWidth + column) * inChannels;
          const upstreamAt = ((image * outHeight + outRow) * outWidth + outColumn) * outChannels;
          accumulateProducts(
            partial,
            tap * outChannels,
            input,
            inputAt,
            upstream,
            upstreamAt,
            inChannels,
            multiplier,
          );
        }
      }
    }
    for (let index = 0; index < dw.length; index++) {
      dw[index] = (dw[index] as number) + (partial[index] as number);
    }
  }
  return output;
}

function accumulateProducts(
  sums: Float32Array,
  sumsAt: number,
  input: Float32Array,
  inputAt: number,
  upstream: Float32Array,
  upstreamAt: number,
  inChannels: number,
  multiplier: number,
): void {
  if (multiplier === 1) {
    for (let channel = 0; channel < inChannels; channel++) {
      sums[sumsAt + channel] =
        (sums[sumsAt + channel] as number) +
        (input[inputAt + channel] as number) * (upstream[upstreamAt + channel] as number);
    }
    return;
  }
  for (let channel = 0; channel < inChannels; channel++) {
    const value = input[inputAt + channel] as number;
    for (let copy = channel * multiplier; copy < (channel + 1) * multiplier; copy++) {
      sums[sumsAt + copy] = (sums[sumsAt + copy] as number) + value * (upstream[upstreamAt + copy] as number);
    }
  }
}

export const depthwiseConv2dNativeBackpropFilterConfig: KernelConfig = {
  kernelName: 'DepthwiseConv2dNativeBackpropFilter',
  backendName: 'wasm',
  kernelFunc: ({ inputs, backend, attrs }) => {
    const { x, dy } = inputs as { x: TensorInfo; dy: TensorInfo };
    requireFloat32('DepthwiseConv2dNativeBackpropFilter', { x, dy });
    return depthwiseConv2dNativeBackpropFilter(backend as WasmBackend, x, dy, attrs as unknown as Attributes);
  },
};
