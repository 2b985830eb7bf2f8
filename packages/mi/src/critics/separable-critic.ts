import { matMul, type Tensor2D, tidy } from '@tensorflow/tfjs';
import type { Critic } from '../critic';
import { createProjection } from './projection';

export interface SeparableCriticOptions {
  /** Units of the hidden ReLU layers of both projections. Default [256, 256]. */
  hidden?: readonly number[];
  /** Length of the vectors compared, the largest rank of the scores. Default 32. */
  embedding?: number;
}

/**
 * A separable critic `f(x, y) = g(x) · h(y)`, g and h multi-layer perceptrons: 2B evaluations for B² scores.
 *
 * Kernels start as Glorot's (AISTATS 2010), so that scores start near 0. With He's they start several nats apart, which
 * a critic first has to unlearn: after 500 steps in 20 dimensions it then reads 0.9 of 2 nats, in place of 1.5.
 *
 * Source: Poole et al., arXiv 1905.06922, with the layer sizes of their published notebook.
 */
export function separableCritic({
  hidden = [256, 256],
  embedding = 32,
}: SeparableCriticOptions = {}): Critic {
  return {
    name: 'separable',
    create({ xFeatures, yFeatures, seed, name }) {
      const x = createProjection({
        sizes: [xFeatures, ...hidden, embedding],
        seed,
        initialiser: 'glorot',
        name: `${name}/x`,
      });
      const y = createProjection({
        sizes: [yFeatures, ...hidden, embedding],
        seed,
        initialiser: 'glorot',
        name: `${name}/y`,
      });
      const variables = [...x.variables, ...y.variables];
      return {
        scores: (left, right) => tidy(() => matMul(x.apply(left), y.apply(right), false, true) as Tensor2D),
        embeddings: (left, right) => ({ x: x.apply(left), y: y.apply(right) }),
        variables,
        dispose: () => {
          for (const variable of variables) variable.dispose();
        },
      };
    },
  };
}
