import { engine, type GradConfig, type Tensor } from '@tensorflow/tfjs';
import { BROADCAST_BLOCK, type BroadcastBlockAttributes } from '../kernels/broadcast-block';
import { reductionBlock } from '../reduction-block';
import { type GradientReplacement, isFirstOrderOnWasm } from './gradient-replacement';

function byBroadcast(stock: GradConfig, scale: (count: number) => number): GradConfig['gradFunc'] {
  return (dy, saved, attrs) => {
    const [x] = saved as [Tensor];
    const { axis } = attrs as unknown as { axis: number | number[] };
    const block = reductionBlock(x.shape, axis);
    if (!isFirstOrderOnWasm() || !block || (dy as Tensor).dtype !== 'float32') {
      return stock.gradFunc(dy, saved, attrs);
    }
    const attributes: BroadcastBlockAttributes = { block, shape: x.shape, factor: scale(block.reduced) };
    return {
      x: () =>
        engine().runKernel(BROADCAST_BLOCK, { x: dy as Tensor }, attributes as unknown as typeof attrs),
    };
  };
}

/** `dx[i] = dy` over the summed axes. */
export const sumGradientReplacement: GradientReplacement = {
  kernelName: 'Sum',
  create: (stock) => byBroadcast(stock, () => 1),
};

/** `dx[i] = dy / count` over the averaged axes. */
export const meanGradientReplacement: GradientReplacement = {
  kernelName: 'Mean',
  create: (stock) => byBroadcast(stock, (count) => 1 / count),
};
