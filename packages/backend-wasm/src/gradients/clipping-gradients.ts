import { engine, type Tensor } from '@tensorflow/tfjs';
import { CLIPPED_GRADIENT } from '../kernels/clipped-gradient';
import { type GradientReplacement, isFirstOrderOnWasm } from './gradient-replacement';

interface Range {
  low: number;
  high: number;
}

/** The least float32 above 0: rectifiers pass nothing on at 0 itself. */
const LEAST_POSITIVE = 2 ** -149;

/** One pass instead of the stock gradients' three (Relu), six (Relu6) or five, scalar (ClipByValue). */
function inOnePass(kernelName: string, rangeOf: (attributes: unknown) => Range): GradientReplacement {
  return {
    kernelName,
    create: (stock) => (upstream, saved, attrs) => {
      const [x] = saved as [Tensor];
      const dy = upstream as Tensor;
      if (!isFirstOrderOnWasm() || x.dtype !== 'float32' || dy.dtype !== 'float32') {
        return stock.gradFunc(upstream, saved, attrs);
      }
      return { x: () => engine().runKernel(CLIPPED_GRADIENT, { dy, x }, { ...rangeOf(attrs) }) };
    },
  };
}

export const clippingGradientReplacements: GradientReplacement[] = [
  inOnePass('Relu', () => ({ low: LEAST_POSITIVE, high: Number.POSITIVE_INFINITY })),
  inOnePass('Relu6', () => ({ low: LEAST_POSITIVE, high: 6 })),
  inOnePass('ClipByValue', (attributes) => {
    const { clipValueMin, clipValueMax } = attributes as { clipValueMin: number; clipValueMax: number };
    return { low: clipValueMin, high: clipValueMax };
  }),
];
