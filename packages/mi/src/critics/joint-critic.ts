import { randomStream } from '@factornet/core/training';
import { InvalidOptionError } from '@factornet/spec';
import { relu, type Tensor2D, tensor2d, tidy, type Variable, zeros } from '@tensorflow/tfjs';
import type { Critic } from '../critic';
import { createProjection } from './projection';
import { uniqueVariable } from './unique-variable';

export interface JointCriticOptions {
  /** Units of the hidden ReLU layers, of which there must be one. Default [256, 256]. */
  hidden?: readonly number[];
}

/**
 * A joint critic, `f(x, y)` = a multi-layer perceptron on x and y concatenated: the most expressive one, at B²
 * evaluations for B² scores. Best at much information and many samples; with few it overfits.
 *
 * The first layer is `W_x x + W_y y + b`, computed once for each x and each y and added up pair by pair: the same number
 * as on the concatenated pairs, without making them. The other layers do see all B² pairs. Kernels start as Glorot's, as
 * those of `separableCritic()`.
 *
 * @throws InvalidOptionError without a hidden layer, where f would be a function of x plus one of y
 *
 * Source: Belghazi et al., arXiv 1801.04062; layer sizes of Poole et al., arXiv 1905.06922.
 *
 * @example
 * const critic = jointCritic({ hidden: [128, 128] });
 */
export function jointCritic({ hidden = [256, 256] }: JointCriticOptions = {}): Critic {
  const [first] = hidden;
  if (first === undefined) {
    throw new InvalidOptionError({ option: 'hidden', expected: 'at least one layer', received: hidden });
  }
  return {
    name: 'joint',
    create({ xFeatures, yFeatures, seed, name }) {
      // Both as parts of one kernel on xFeatures + yFeatures inputs.
      const scale = Math.sqrt(2 / (xFeatures + yFeatures + first));
      const kernel = (part: string, inputs: number): Variable => {
        const path = `${name}/${part}/kernel`;
        const values = randomStream(seed, path)
          .normals(inputs * first)
          .map((normal) => normal * scale);
        return uniqueVariable(tensor2d(values, [inputs, first]), path);
      };
      const [kernelX, kernelY] = [kernel('x', xFeatures), kernel('y', yFeatures)];
      const bias = uniqueVariable(zeros([first]), `${name}/bias`);
      const rest = createProjection({
        sizes: [...hidden, 1],
        seed,
        initialiser: 'glorot',
        name: `${name}/pair`,
      });
      const variables: readonly Variable[] = [kernelX, kernelY, bias, ...rest.variables];
      return {
        scores: (x, y) =>
          tidy(() => {
            const [rows, columns] = [x.shape[0], y.shape[0]];
            const ofX = x.matMul(kernelX as unknown as Tensor2D).add(bias);
            const ofY = y.matMul(kernelY as unknown as Tensor2D);
            const pairs = ofX.reshape([rows, 1, first]).add(ofY.reshape([1, columns, first]));
            const units = relu(pairs).reshape([rows * columns, first]) as Tensor2D;
            return rest.apply(units).reshape([rows, columns]) as Tensor2D;
          }),
        variables,
        dispose: () => {
          for (const variable of variables) variable.dispose();
        },
      };
    },
  };
}
