import { add, engine, mul, neg, rsqrt, sum, type Tensor, tensor1d } from '@tensorflow/tfjs';
import { CENTRED_PRODUCTS } from '../kernels/centred-products';
import { type GradientReplacement, isFirstOrderOnWasm } from './gradient-replacement';

/**
 * The gradient of `y = (x − mean) · r · scale + offset`, `r = 1/√(variance + ε)`, per channel:
 *
 *     dx = dy · r · scale                    dmean = −r · scale · Σ dy
 *     dvariance = −½ · r³ · scale · Σ dy·(x − mean)
 *     dscale = r · Σ dy·(x − mean)           doffset = Σ dy
 *
 * The stock gradient tiles `r` to the shape of x (the slowest kernel of a whole training step) and
 * multiplies full-size tensors where these two sums will do.
 */
export const fusedBatchNormGradientReplacement: GradientReplacement = {
  kernelName: 'FusedBatchNorm',
  create: (stock) => (upstream, saved, attrs) => {
    const [x, mean, variance, scale] = saved as [Tensor, Tensor, Tensor, Tensor | undefined];
    const dy = upstream as Tensor;
    const channels = x.shape[x.shape.length - 1] as number;
    const perChannel = mean.rank === 1 && variance.rank === 1 && (scale == null || scale.rank === 1);
    if (!isFirstOrderOnWasm() || !perChannel || mean.shape[0] !== channels) {
      return stock.gradFunc(upstream, saved, attrs);
    }
    const { varianceEpsilon } = attrs as { varianceEpsilon: number };
    const leadingAxes = x.shape.slice(0, -1).map((_, axis) => axis);
    const inverse = rsqrt(add(variance, varianceEpsilon));
    const slope = scale == null ? inverse : mul(inverse, scale);
    const sumOfUpstream = sharedVector(() => sum(dy, leadingAxes));
    const sumOfProducts = sharedVector(() => engine().runKernel(CENTRED_PRODUCTS, { dy, x, mean }) as Tensor);
    return {
      x: () => mul(dy, slope),
      mean: () => neg(mul(slope, sumOfUpstream())),
      variance: () => mul(mul(mul(mul(inverse, inverse), slope), -0.5), sumOfProducts()),
      scale: () => mul(inverse, sumOfProducts()),
      offset: () => sumOfUpstream(),
    };
  },
};

/**
 * Computes once what several gradients need. The engine calls each of them in a scope of its own, where
 * a shared tensor would be gone by the second call, so the few numbers are kept outside the heap.
 */
function sharedVector(compute: () => Tensor): () => Tensor {
  let values: Float32Array | undefined;
  return () => {
    values ??= compute().dataSync<'float32'>();
    return tensor1d(values, 'float32');
  };
}
