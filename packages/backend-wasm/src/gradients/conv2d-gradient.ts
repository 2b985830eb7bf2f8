import { engine, type Tensor } from '@tensorflow/tfjs';
import type { ConvolutionAttributes } from '../convolution-geometry';
import { type GradientReplacement, isFirstOrderOnWasm } from './gradient-replacement';

/**
 * The stock gradient of `Conv2D` refuses dilated convolutions. The kernels behind it here know
 * dilation, so on WASM they are called with it; everything else is left to the stock gradient.
 */
export const conv2DGradientReplacement: GradientReplacement = {
  kernelName: 'Conv2D',
  create: (stock) => (dy, saved, attrs) => {
    const [x, filter] = saved as [Tensor, Tensor];
    const attributes = attrs as unknown as ConvolutionAttributes;
    if (!isFirstOrderOnWasm() || !isDilated(attributes.dilations)) return stock.gradFunc(dy, saved, attrs);
    const upstream = dy as Tensor;
    return {
      x: () =>
        engine().runKernel(
          'Conv2DBackpropInput',
          { dy: upstream, filter },
          { ...attrs, inputShape: x.shape },
        ),
      filter: () =>
        engine().runKernel(
          'Conv2DBackpropFilter',
          { x, dy: upstream },
          { ...attrs, filterShape: filter.shape },
        ),
    };
  },
};

function isDilated(dilations: ConvolutionAttributes['dilations']): boolean {
  return [dilations ?? 1].flat().some((dilation) => dilation > 1);
}
