import type { KernelConfig, NamedTensorInfoMap, TensorInfo } from '@tensorflow/tfjs';
import {
  type ConvolutionAttributes,
  type ConvolutionGeometry,
  convolutionGeometry,
} from '../convolution-geometry';

/** 'same' padding, and a filter smaller than the stride along one axis. */
function skipsPixels({
  padInfo,
  filterHeight,
  filterWidth,
  strideHeight,
  strideWidth,
}: ConvolutionGeometry): boolean {
  return padInfo.type === 'SAME' && (filterHeight < strideHeight || filterWidth < strideWidth);
}

/** Padding as a number, and a filter, stride or dilation that is not square. */
function isNumberOffSquare(geometry: ConvolutionGeometry, { pad }: ConvolutionAttributes): boolean {
  const isSquare =
    geometry.strideHeight === geometry.strideWidth &&
    geometry.filterHeight === geometry.filterWidth &&
    geometry.dilationHeight === geometry.dilationWidth;
  return typeof pad === 'number' && !isSquare;
}

/**
 * Two cases in which the stock forward convolution of TensorFlow.js 4.22 goes wrong without a word:
 *
 * - 'same' padding with a filter smaller than the stride along one axis: XNNPACK refuses, the output
 *   stays uninitialised. The same padding written out works.
 * - padding as a number with a filter or stride that is not square: tfjs-core takes the output's width
 *   from the height's filter and stride, XNNPACK does not, and writes past the end of the output.
 */
export function goesWrongOnStock(geometry: ConvolutionGeometry, attributes: ConvolutionAttributes): boolean {
  return skipsPixels(geometry) || isNumberOffSquare(geometry, attributes);
}

/** The stock kernel, with the first of these cases put right and the second refused. */
export function guardedStockConvolution(stock: KernelConfig, depthwise: boolean): KernelConfig['kernelFunc'] {
  const { kernelName } = stock;
  return ({ inputs, backend, attrs }) => {
    const { x, filter } = inputs as NamedTensorInfoMap & { x: TensorInfo; filter: TensorInfo };
    const attributes = attrs as unknown as ConvolutionAttributes;
    const geometry = convolutionGeometry(kernelName, x.shape, filter.shape, attributes, depthwise);
    const { strideHeight, strideWidth, filterHeight, filterWidth, padInfo } = geometry;
    if (isNumberOffSquare(geometry, attributes)) {
      throw new Error(
        `${kernelName} on the wasm backend: expected a square filter and stride with the numeric padding ` +
          `${attributes.pad}, got filter ${filterHeight}×${filterWidth}, strides ${strideHeight}×${strideWidth}. ` +
          `Write the padding out: [[0, 0], [top, bottom], [left, right], [0, 0]].`,
      );
    }
    if (!skipsPixels(geometry)) {
      return stock.kernelFunc({ inputs, backend, ...(attrs && { attrs }) });
    }
    const pad = [
      [0, 0],
      [padInfo.top, padInfo.bottom],
      [padInfo.left, padInfo.right],
      [0, 0],
    ];
    return stock.kernelFunc({ inputs, backend, attrs: { ...attrs, pad } });
  };
}
