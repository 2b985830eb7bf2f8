import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs';
import {
  type ConvolutionAttributes,
  type ConvolutionGeometry,
  convolutionGeometry,
  isEmpty,
} from '../convolution-geometry';
import { runKernel } from '../run-kernel';
import { transposeToBatchLast } from '../transpose-for-filter-gradient';
import { floatsOf, makeZeros, requireFloat32, reshaped, type WasmBackend } from '../wasm-backend';

/**
 * `dw[i, j, c, o] = Σ x[n, p·stride + i·dilation − pad, …, c] · dy[n, p, …, o]`, summed over images n and
 * output positions p.
 *
 * That is itself a convolution: of x seen as `[c, height, width, n]` with dy seen as the filter
 * `[outHeight, outWidth, n, o]`, where stride and dilation change places.
 */
export function conv2DBackpropFilter(
  backend: WasmBackend,
  x: TensorInfo,
  dy: TensorInfo,
  geometry: ConvolutionGeometry,
): TensorInfo {
  const { filterHeight, filterWidth, inChannels, outChannels } = geometry;
  const filterShape = [filterHeight, filterWidth, inChannels, outChannels];
  if (isEmpty(geometry)) return makeZeros(backend, filterShape);
  if (isMatrixProduct(geometry)) return matrixProductGradient(backend, x, dy, geometry);

  const { batchSize, inHeight, inWidth, outHeight, outWidth, padInfo } = geometry;
  const { strideHeight, strideWidth, dilationHeight, dilationWidth } = geometry;
  // Rows and columns of the padded input that some output position sees; a stride may leave a rest.
  const seenHeight = (outHeight - 1) * strideHeight + (filterHeight - 1) * dilationHeight + 1;
  const seenWidth = (outWidth - 1) * strideWidth + (filterWidth - 1) * dilationWidth + 1;
  const windowHeight = Math.min(inHeight, seenHeight - padInfo.top);
  const windowWidth = Math.min(inWidth, seenWidth - padInfo.left);
  if (windowHeight <= 0 || windowWidth <= 0) return makeZeros(backend, filterShape);

  const batchLast = backend.makeOutput([inChannels, windowHeight, windowWidth, batchSize], 'float32');
  transposeToBatchLast(floatsOf(backend, x), floatsOf(backend, batchLast), {
    batchSize,
    height: inHeight,
    width: inWidth,
    channels: inChannels,
    windowHeight,
    windowWidth,
  });
  const dyAsFilter = runKernel(
    backend,
    'Transpose',
    { x: reshaped(dy, [batchSize, outHeight * outWidth, outChannels]) },
    { perm: [1, 0, 2] },
  );
  const correlation = runKernel(
    backend,
    'Conv2D',
    { x: batchLast, filter: reshaped(dyAsFilter, [outHeight, outWidth, batchSize, outChannels]) },
    {
      strides: [dilationHeight, dilationWidth],
      dilations: [strideHeight, strideWidth],
      pad: [
        [0, 0],
        [padInfo.top, seenHeight - padInfo.top - windowHeight],
        [padInfo.left, seenWidth - padInfo.left - windowWidth],
        [0, 0],
      ],
      dataFormat: 'NHWC',
    },
  );
  backend.disposeData(batchLast.dataId);
  backend.disposeData(dyAsFilter.dataId);
  const result = runKernel(
    backend,
    'Transpose',
    { x: reshaped(correlation, [inChannels, filterHeight * filterWidth, outChannels]) },
    { perm: [1, 0, 2] },
  );
  backend.disposeData(correlation.dataId);
  return reshaped(result, filterShape);
}

/** A 1×1 filter without padding: the convolution is a product of matrices. */
function isMatrixProduct({ filterHeight, filterWidth, padInfo }: ConvolutionGeometry): boolean {
  const { top, bottom, left, right } = padInfo;
  return filterHeight === 1 && filterWidth === 1 && Math.max(top, bottom, left, right) === 0;
}

function matrixProductGradient(
  backend: WasmBackend,
  x: TensorInfo,
  dy: TensorInfo,
  geometry: ConvolutionGeometry,
): TensorInfo {
  const { batchSize, outHeight, outWidth, inChannels, outChannels } = geometry;
  const positions = batchSize * outHeight * outWidth;
  const isStrided = geometry.strideHeight > 1 || geometry.strideWidth > 1;
  const seen = isStrided ? pixelsSeen(backend, x, geometry) : x;
  const product = runKernel(
    backend,
    'BatchMatMul',
    { a: reshaped(seen, [positions, inChannels]), b: reshaped(dy, [positions, outChannels]) },
    { transposeA: true, transposeB: false },
  );
  if (isStrided) backend.disposeData(seen.dataId);
  return reshaped(product, [1, 1, inChannels, outChannels]);
}

/** Every stride-th pixel: `[batch, outHeight, outWidth, in]`. */
function pixelsSeen(backend: WasmBackend, x: TensorInfo, geometry: ConvolutionGeometry): TensorInfo {
  const { batchSize, inHeight, inWidth, inChannels, outHeight, outWidth } = geometry;
  const output = backend.makeOutput([batchSize, outHeight, outWidth, inChannels], 'float32');
  const source = floatsOf(backend, x);
  const target = floatsOf(backend, output);
  let write = 0;
  for (let image = 0; image < batchSize; image++) {
    for (let row = 0; row < outHeight; row++) {
      const start = (image * inHeight + row * geometry.strideHeight) * inWidth * inChannels;
      for (let column = 0; column < outWidth; column++) {
        const read = start + column * geometry.strideWidth * inChannels;
        for (let channel = 0; channel < inChannels; channel++) {
          target[write++] = source[read + channel] as number;
        }
      }
    }
  }
  return output;
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
