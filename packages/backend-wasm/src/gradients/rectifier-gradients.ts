import { engine, type Tensor } from '@tensorflow/tfjs';
import { CLIPPED_GRADIENT } from '../kernels/clipped-gradient';
import { type GradientReplacement, isFirstOrderOnWasm } from './gradient-replacement';

/** One pass instead of the stock gradients' three (Relu) or six (Relu6). */
function inOnePass(kernelName: string, high: number): GradientReplacement {
  return {
    kernelName,
    create: (stock) => (upstream, saved, attrs) => {
      const [x] = saved as [Tensor];
      const dy = upstream as Tensor;
      if (!isFirstOrderOnWasm() || x.dtype !== 'float32' || dy.dtype !== 'float32') {
        return stock.gradFunc(upstream, saved, attrs);
      }
      return { x: () => engine().runKernel(CLIPPED_GRADIENT, { dy, x }, { high }) };
    },
  };
}

export const rectifierGradientReplacements: GradientReplacement[] = [
  inOnePass('Relu', Number.POSITIVE_INFINITY),
  inOnePass('Relu6', 6),
];
