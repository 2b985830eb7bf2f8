import {
  concat,
  dispose,
  keep,
  type NamedTensorMap,
  split,
  type Tensor,
  type Tensor1D,
  tidy,
  type Variable,
  zerosLike,
} from '@tensorflow/tfjs';

/** The largest Euclidean norm of a gradient; longer ones are scaled down. */
const CLIP_NORM = 5;
const [BETA_1, BETA_2, EPSILON] = [0.9, 0.999, 1e-7];

export interface FlatAdam {
  /** One update. Returns the gradient's norm, for the caller to read and dispose of. */
  apply(gradients: NamedTensorMap, learningRate: number): Tensor;
  /** A copy of the weights, the caller's. */
  weights(): Tensor1D;
  /** Puts a copy back. */
  assign(weights: Tensor1D): void;
  dispose(): void;
}

/**
 * Adam on all variables joined into one vector: a dozen kernel calls a step, where `tf.train.adam` makes a dozen for each
 * variable, which is half of a step's time on networks as small as critics.
 *
 * Source: Kingma, Ba, arXiv 1412.6980.
 */
export function flatAdam(variables: readonly Variable[]): FlatAdam {
  let weights = flatten(variables);
  let [first, second]: Tensor1D[] = [zerosLike(weights), zerosLike(weights)] as [Tensor1D, Tensor1D];
  let steps = 0;
  const assign = (flat: Tensor1D) => {
    tidy(() => {
      const parts = split(
        flat,
        variables.map(({ size }) => size),
      );
      variables.forEach((variable, index) => {
        variable.assign((parts[index] as Tensor1D).reshape(variable.shape));
      });
    });
  };
  return {
    apply(gradients, learningRate) {
      steps += 1;
      const correction = Math.sqrt(1 - BETA_2 ** steps) / (1 - BETA_1 ** steps);
      const [norm, ...next] = tidy(() => {
        const raw = flatten(variables.map((variable) => gradients[variable.name] ?? zerosLike(variable)));
        // The square of a large gradient need not be a 32-bit number.
        const largest = raw.abs().max().maximum(1e-30);
        const length = raw.div(largest).square().sum().sqrt().mul(largest);
        const gradient = raw.div(largest).mul(largest.div(length.div(CLIP_NORM).maximum(1)));
        const nextFirst = (first as Tensor).mul(BETA_1).add(gradient.mul(1 - BETA_1));
        const nextSecond = (second as Tensor).mul(BETA_2).add(gradient.square().mul(1 - BETA_2));
        const change = nextFirst.div(nextSecond.sqrt().add(EPSILON)).mul(learningRate * correction);
        return [length, weights.sub(change), nextFirst, nextSecond].map((tensor) => keep(tensor));
      }) as [Tensor, ...Tensor1D[]];
      dispose([weights, first, second] as Tensor[]);
      [weights, first, second] = next as [Tensor1D, Tensor1D, Tensor1D];
      assign(weights);
      return norm;
    },
    weights: () => weights.clone(),
    assign,
    dispose: () => dispose([weights, first, second] as Tensor[]),
  };
}

function flatten(tensors: readonly Tensor[]): Tensor1D {
  return tidy(() => concat(tensors.map((tensor) => tensor.flatten())));
}
