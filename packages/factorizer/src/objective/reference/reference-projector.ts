import { randomStream } from '@factornet/core/training';
import {
  moments,
  ones,
  relu,
  type Tensor,
  type Tensor2D,
  tensor,
  tidy,
  type Variable,
  variable,
  zeros,
} from '@tensorflow/tfjs';

export interface ProjectorRequest {
  readonly inputs: number;
  readonly outputs: number;
  readonly seed: number;
  /** Tells its random streams from those of other projectors. */
  readonly name: string;
}

/** Puts a teacher's features `[batch, inputs]` on the length of the common ones, during training only. */
export interface ProjectorNetwork {
  apply(features: Tensor2D): Tensor2D;
  /** In a fixed order. */
  readonly variables: readonly Variable[];
  dispose(): void;
}

/** A trainable projection of a teacher's features: a plug-in, made by a factory such as `referenceProjector()`. */
export interface Projector {
  readonly name: string;
  create(request: ProjectorRequest): ProjectorNetwork;
}

/** PyTorch's default. */
const EPSILON = 1e-5;

/**
 * The authors' projector: linear, batch normalization, ReLU, linear, as wide as the common features throughout. Linear
 * layers start uniformly within `±1/√inputs`, biases included, as PyTorch's do. The first has no bias, which
 * normalization would take away again.
 *
 * Normalizes by the moments of the batch. There is no inference, so there are no running moments.
 *
 * Source: Yang, Ye, Wang, arXiv 2207.03337, `KFImageClassifier` of their published code.
 */
export function referenceProjector(): Projector {
  return {
    name: 'reference-projector',
    create({ inputs, outputs, seed, name }) {
      const linear = (part: string, fanIn: number, shape: number[]) => {
        const { uniform } = randomStream(seed, `${name}/${part}`);
        const length = shape.reduce((product, size) => product * size, 1);
        const values = Float32Array.from({ length }, () => (2 * uniform() - 1) / Math.sqrt(fanIn));
        return tidy(() => variable(tensor(values, shape)));
      };
      const kernel = linear('0/kernel', inputs, [inputs, outputs]);
      const scale = tidy(() => variable(ones([outputs])));
      const shift = tidy(() => variable(zeros([outputs])));
      const lastKernel = linear('1/kernel', outputs, [outputs, outputs]);
      const lastBias = linear('1/bias', outputs, [outputs]);
      const variables = [kernel, scale, shift, lastKernel, lastBias];
      return {
        apply: (features) =>
          tidy(() => {
            const hidden = features.matMul(kernel as Tensor as Tensor2D);
            const { mean, variance } = moments(hidden, 0);
            const normalised = hidden.sub(mean).mul(variance.add(EPSILON).rsqrt()).mul(scale).add(shift);
            return relu(normalised).matMul(lastKernel).add(lastBias) as Tensor2D;
          }),
        variables,
        dispose: () => {
          for (const one of variables) one.dispose();
        },
      };
    },
  };
}
