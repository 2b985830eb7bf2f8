import { backend_util } from '@tensorflow/tfjs';

/** Attributes shared by the 2-D convolution kernels of TensorFlow.js. */
export interface ConvolutionAttributes {
  strides: [number, number] | number;
  pad: Parameters<typeof backend_util.computeConv2DInfo>[4];
  /** TensorFlow.js passes null on where none are given. */
  dilations?: [number, number] | number | null;
  dataFormat?: 'NHWC' | 'NCHW';
  dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

export type ConvolutionGeometry = ReturnType<typeof backend_util.computeConv2DInfo>;

/** Resolves shapes, padding, stride and dilation of the forward convolution a gradient belongs to. */
export function convolutionGeometry(
  kernelName: string,
  inputShape: number[],
  filterShape: number[],
  attributes: ConvolutionAttributes,
  depthwise = false,
): ConvolutionGeometry {
  const { strides, pad, dilations, dataFormat = 'NHWC', dimRoundingMode } = attributes;
  if (dataFormat !== 'NHWC') {
    throw new Error(
      `${kernelName} on the wasm backend: expected dataFormat 'NHWC', got '${dataFormat}'. ` +
        `Transpose the input to [batch, height, width, channels] first.`,
    );
  }
  return backend_util.computeConv2DInfo(
    inputShape as [number, number, number, number],
    filterShape as [number, number, number, number],
    strides,
    dilations ?? 1,
    pad,
    dimRoundingMode,
    depthwise,
  );
}

/** True when the convolution touches no element: some dimension of its input or output is zero. */
export function isEmpty(geometry: ConvolutionGeometry): boolean {
  return [...geometry.inShape, ...geometry.outShape, ...geometry.filterShape].some((size) => size <= 0);
}
