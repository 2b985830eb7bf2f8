import { randomStream } from '@factornet/core/training';
import { relu, type Tensor2D, tensor2d, tidy, type Variable, zeros } from '@tensorflow/tfjs';
import { uniqueVariable } from './unique-variable';

export interface ProjectionRequest {
  /** Features in, hidden units …, features out. */
  readonly sizes: readonly number[];
  readonly seed: number;
  readonly name: string;
  /**
   * How wide kernels start: `'he'` (He et al., arXiv 1502.01852) keeps the scale of features through ReLUs, `'glorot'`
   * (Glorot, Bengio, AISTATS 2010) starts smaller where a layer widens. Default `'he'`.
   */
  readonly initialiser?: 'he' | 'glorot';
}

/** A small multi-layer perceptron on plain variables. */
export interface Projection {
  /** `[batch, sizes[0]]` to `[batch, sizes.at(-1)]`. */
  apply(features: Tensor2D): Tensor2D;
  readonly variables: readonly Variable[];
}

/**
 * Linear layers with ReLU between them. Kernels start as `N(0, gain / inputs)`, gain 2 before a ReLU, else 1, or
 * as `N(0, 2 / (inputs + outputs))`; biases at 0.
 */
export function createProjection({ sizes, seed, name, initialiser = 'he' }: ProjectionRequest): Projection {
  const layers = sizes.slice(1).map((outputs, index) => {
    const inputs = sizes[index] as number;
    const gain = index < sizes.length - 2 ? 2 : 1;
    const variance = initialiser === 'he' ? gain / inputs : 2 / (inputs + outputs);
    const kernelName = `${name}/${index}/kernel`;
    const kernel = randomStream(seed, kernelName)
      .normals(inputs * outputs)
      .map((normal) => normal * Math.sqrt(variance));
    return {
      kernel: uniqueVariable(tensor2d(kernel, [inputs, outputs]), kernelName) as Variable,
      bias: uniqueVariable(zeros([outputs]), `${name}/${index}/bias`),
    };
  });
  return {
    apply: (features) =>
      tidy(() =>
        layers.reduce((input, { kernel, bias }, index) => {
          const output = input.matMul(kernel as unknown as Tensor2D).add(bias) as Tensor2D;
          return index < layers.length - 1 ? relu(output) : output;
        }, features),
      ),
    variables: layers.flatMap(({ kernel, bias }) => [kernel, bias]),
  };
}
