import { adam, assignFlat, clipByGlobalNorm, flatten } from '@factornet/core/training';
import {
  dispose,
  type NamedTensorMap,
  type Tensor,
  type Tensor1D,
  tidy,
  type Variable,
  zerosLike,
} from '@tensorflow/tfjs';

const clip = clipByGlobalNorm(5);

export interface ClippedAdam {
  /** One update. Returns the gradient's norm, for the caller to read and dispose of. */
  apply(gradients: NamedTensorMap, learningRate: number): Tensor;
  /** A copy of the weights, the caller's. */
  weights(): Tensor1D;
  /** Puts a copy back, after the last update. */
  assign(weights: Tensor1D): void;
  dispose(): void;
}

/** Adam of core on gradients by name, which are shortened to a norm of 5 at most. */
export function clippedAdam(variables: readonly Variable[]): ClippedAdam {
  const optimizer = adam().create(variables);
  return {
    apply(gradients, learningRate) {
      const { gradient, norm } = tidy(() => {
        const raw = flatten(variables.map((variable) => gradients[variable.name] ?? zerosLike(variable)));
        return clip(raw);
      });
      optimizer.apply(gradient, learningRate);
      dispose(gradient);
      return norm;
    },
    weights: () => flatten(variables),
    assign: (weights) => assignFlat(variables, weights),
    dispose: () => optimizer.dispose(),
  };
}
