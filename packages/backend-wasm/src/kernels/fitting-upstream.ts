import { type NamedTensorInfoMap, slice, type Tensor, tidy } from '@tensorflow/tfjs';
import { type ConvolutionAttributes, convolutionGeometry } from '../convolution-geometry';
import type { KernelReplacement } from '../replacement';

/**
 * `tf.conv2dTranspose` takes an output shape on trust: an input larger than such an output can come from is legal,
 * and TensorFlow.js's own tests do it. What lies beyond has no place in the output; the CPU kernel never reads it.
 */
export const fittingUpstreamReplacement: KernelReplacement = {
  kernelName: 'Conv2DBackpropInput',
  create: (stock) => (call) => {
    const { dy, filter } = call.inputs as NamedTensorInfoMap & { dy: Tensor; filter: Tensor };
    const attributes = call.attrs as unknown as ConvolutionAttributes & { inputShape: number[] };
    const geometry = convolutionGeometry(
      'Conv2DBackpropInput',
      attributes.inputShape,
      filter.shape,
      attributes,
    );
    const { batchSize, outHeight, outWidth, outChannels } = geometry;
    const [, height = 0, width = 0] = dy.shape;
    if (height <= outHeight && width <= outWidth) return stock.kernelFunc(call);
    return tidy(() => {
      const size = [batchSize, Math.min(height, outHeight), Math.min(width, outWidth), outChannels];
      return stock.kernelFunc({ ...call, inputs: { filter, dy: slice(dy, [0, 0, 0, 0], size) } }) as Tensor;
    });
  },
};
