import type { TensorInfo } from '@tensorflow/tfjs';
import type { ConvolutionGeometry } from '../convolution-geometry';
import { floatsOf, makeZeros, type WasmBackend } from '../wasm-backend';

/**
 * The input gradient by its definition, one product at a time: slow, and right for every geometry.
 * For the rare ones that the forward kernel cannot express: stride together with dilation, and
 * explicit padding wider than the filter.
 */
export function directConvolutionInputGradient(
  backend: WasmBackend,
  dy: TensorInfo,
  filter: TensorInfo,
  geometry: ConvolutionGeometry,
): TensorInfo {
  const { batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, outChannels, padInfo } = geometry;
  const output = makeZeros(backend, geometry.inShape);
  const dx = floatsOf(backend, output);
  const upstream = floatsOf(backend, dy);
  const weights = floatsOf(backend, filter);
  for (let image = 0; image < batchSize; image++) {
    for (let outRow = 0; outRow < outHeight; outRow++) {
      for (let tapRow = 0; tapRow < geometry.filterHeight; tapRow++) {
        const row = outRow * geometry.strideHeight + tapRow * geometry.dilationHeight - padInfo.top;
        if (row < 0 || row >= inHeight) continue;
        for (let outColumn = 0; outColumn < outWidth; outColumn++) {
          const read = ((image * outHeight + outRow) * outWidth + outColumn) * outChannels;
          for (let tapColumn = 0; tapColumn < geometry.filterWidth; tapColumn++) {
            const column =
              outColumn * geometry.strideWidth + tapColumn * geometry.dilationWidth - padInfo.left;
            if (column < 0 || column >= inWidth) continue;
            const write = ((image * inHeight + row) * inWidth + column) * inChannels;
            const tap = (tapRow * geometry.filterWidth + tapColumn) * inChannels * outChannels;
            for (let input = 0; input < inChannels; input++) {
              let sum = 0;
              for (let out = 0; out < outChannels; out++) {
                sum +=
                  (upstream[read + out] as number) * (weights[tap + input * outChannels + out] as number);
              }
              dx[write + input] = (dx[write + input] as number) + sum;
            }
          }
        }
      }
    }
  }
  return output;
}
