import { randomStream } from '@factornet/core/training';
import { matMul, type Tensor2D, tensor2d, tidy } from '@tensorflow/tfjs';
import type { Critic } from '../critic';
import { uniqueVariable } from './unique-variable';

/**
 * A bilinear critic `f(x, y) = xᵀ W y`. W starts as `N(0, 1 / (xFeatures · yFeatures))`, so that the scores
 * of standardised features start with variance 1.
 *
 * Source: van den Oord, Li, Vinyals, arXiv 1807.03748.
 */
export function bilinearCritic(): Critic {
  return {
    name: 'bilinear',
    create({ xFeatures, yFeatures, seed, name }) {
      const size = xFeatures * yFeatures;
      const kernel = randomStream(seed, `${name}/kernel`)
        .normals(size)
        .map((normal) => normal / Math.sqrt(size));
      const weight = uniqueVariable(tensor2d(kernel, [xFeatures, yFeatures]), `${name}/kernel`);
      return {
        scores: (x, y) =>
          tidy(() => matMul(matMul(x, weight as unknown as Tensor2D), y, false, true) as Tensor2D),
        variables: [weight],
        dispose: () => weight.dispose(),
      };
    },
  };
}
