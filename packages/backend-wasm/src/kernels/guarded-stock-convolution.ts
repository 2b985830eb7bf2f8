import {
  type KernelConfig,
  type NamedTensorInfoMap,
  pad as padTensor,
  slice,
  type Tensor,
  type TensorInfo,
  tidy,
} from '@tensorflow/tfjs';
import {
  type ConvolutionAttributes,
  type ConvolutionGeometry,
  convolutionGeometry,
} from '../convolution-geometry';
import { tensorOf } from '../tensor-of';

/**
 * Where the stock forward convolution of TensorFlow.js 4.22 goes wrong without a word:
 *
 * - 'same' padding with a filter smaller than the stride along one axis, and pictures without pixels: XNNPACK refuses,
 *   the output stays uninitialised.
 * - sizes of the output that XNNPACK computes otherwise than tfjs-core, which may round up, and which takes the width from
 *   the height's filter and stride where the padding is a number: part of the output stays uninitialised, or XNNPACK
 *   writes past its end.
 */
export function goesWrongOnStock(geometry: ConvolutionGeometry): boolean {
  const { inHeight, inWidth, filterHeight, filterWidth, strideHeight, strideWidth, padInfo } = geometry;
  if (inHeight === 0 || inWidth === 0) return true;
  if (padInfo.type === 'SAME') return filterHeight < strideHeight || filterWidth < strideWidth;
  const { top, bottom, left, right } = padInfo;
  const rows = Math.floor((inHeight + top + bottom - geometry.effectiveFilterHeight) / strideHeight) + 1;
  const columns = Math.floor((inWidth + left + right - geometry.effectiveFilterWidth) / strideWidth) + 1;
  return rows !== geometry.outHeight || columns !== geometry.outWidth;
}

/** One pixel, one factor, no padding: XNNPACK then multiplies and limits, and its limits make -∞ of NaN. */
function losesNaN(geometry: ConvolutionGeometry): boolean {
  const { filterHeight, filterWidth, inHeight, inWidth, outHeight, outWidth } = geometry;
  return (
    filterHeight * filterWidth === 1 &&
    geometry.inChannels === geometry.outChannels &&
    inHeight === outHeight &&
    inWidth === outWidth
  );
}

/** The stock kernel; where it would go wrong, on an input cut to what the filter sees, padding included. */
export function guardedStockConvolution(stock: KernelConfig, depthwise: boolean): KernelConfig['kernelFunc'] {
  const { kernelName } = stock;
  return (call) => {
    const { x, filter } = call.inputs as NamedTensorInfoMap & { x: Tensor; filter: TensorInfo };
    const attributes = call.attrs as unknown as ConvolutionAttributes;
    const geometry = convolutionGeometry(kernelName, x.shape, filter.shape, attributes, depthwise);
    const run = (input: Tensor, pad: ConvolutionAttributes['pad']) =>
      stock.kernelFunc({
        ...call,
        inputs: { ...call.inputs, x: input },
        attrs: { ...attributes, pad, dimRoundingMode: undefined } as unknown as typeof call.attrs & object,
      }) as TensorInfo;
    if (goesWrongOnStock(geometry)) return tidy(() => run(seenBy(geometry, x), 'valid') as Tensor);
    if (!depthwise || !losesNaN(geometry)) return stock.kernelFunc(call);
    // With a row of padding it takes its general way.
    return tidy(() => {
      const longer = run(x, [[0, 0], [0, 1], [0, 0], [0, 0]]); // biome-ignore format: rows, columns
      return slice(tensorOf(longer), [0, 0, 0, 0], geometry.outShape);
    });
  };
}

/** The rows and columns that the windows see, with zeros for those outside of `x`. */
function seenBy(geometry: ConvolutionGeometry, x: Tensor): Tensor {
  const { padInfo, batchSize, inHeight, inWidth, inChannels } = geometry;
  const rows =
    (geometry.outHeight - 1) * geometry.strideHeight + geometry.effectiveFilterHeight - padInfo.top;
  const columns =
    (geometry.outWidth - 1) * geometry.strideWidth + geometry.effectiveFilterWidth - padInfo.left;
  const height = Math.min(Math.max(rows, 0), inHeight);
  const width = Math.min(Math.max(columns, 0), inWidth);
  const within = slice(x, [0, 0, 0, 0], [batchSize, height, width, inChannels]);
  return padTensor(within, [
    [0, 0],
    [padInfo.top, rows - height],
    [padInfo.left, columns - width],
    [0, 0],
  ]);
}
