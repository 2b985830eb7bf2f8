import type { KernelConfig, NamedTensorInfoMap, TensorInfo } from '@tensorflow/tfjs';
import { type ConvolutionAttributes, convolutionGeometry } from '../convolution-geometry';

/**
 * Two cases in which the stock forward convolution of TensorFlow.js 4.22 goes wrong without a word:
 *
 * - 'same' padding with a filter smaller than the stride along one axis: XNNPACK refuses, the output
 *   stays uninitialised. The same padding written out works.
 * - padding as a number with a filter or stride that is not square: tfjs-core takes the output's width
 *   from the height's filter and stride, XNNPACK does not, and writes past the end of the output.
 */
export function guardedStockConvolution(stock: KernelConfig, depthwise: boolean): KernelConfig['kernelFunc'] {
  const { kernelName } = stock;
  return ({ inputs, backend, attrs }) => {
    const { x, filter } = inputs as NamedTensorInfoMap & { x: TensorInfo; filter: TensorInfo };
    const attributes = attrs as unknown as ConvolutionAttributes;
    const { strideHeight, strideWidth, filterHeight, filterWidth, padInfo, dilationHeight, dilationWidth } =
      convolutionGeometry(kernelName, x.shape, filter.shape, attributes, depthwise);
    const isSquare =
      strideHeight === strideWidth && filterHeight === filterWidth && dilationHeight === dilationWidth;
    if (typeof attributes.pad === 'number' && !isSquare) {
      throw new Error(
        `${kernelName} on the wasm backend: expected a square filter and stride with the numeric padding ` +
          `${attributes.pad}, got filter ${filterHeight}×${filterWidth}, strides ${strideHeight}×${strideWidth}. ` +
          `Write the padding out: [[0, 0], [top, bottom], [left, right], [0, 0]].`,
      );
    }
    const skipsPixels = filterHeight < strideHeight || filterWidth < strideWidth;
    if (padInfo.type !== 'SAME' || !skipsPixels) {
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
