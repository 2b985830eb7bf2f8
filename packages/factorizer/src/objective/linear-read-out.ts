import { randomStream } from '@factornet/core/training';
import { type Tensor, type Tensor2D, tensor2d, tidy, type Variable, variable, zeros } from '@tensorflow/tfjs';

export interface ReadOutRequest {
  readonly inputs: number;
  readonly outputs: number;
  readonly seed: number;
  /** Tells its random stream from those of others. */
  readonly name: string;
}

/** `A x + b`, `[rows, inputs]` → `[rows, outputs]`, that exists during training only. */
export interface ReadOut {
  apply(inputs: Tensor2D): Tensor2D;
  /** A `[inputs, outputs]`, b `[outputs]`. */
  readonly variables: readonly Variable[];
  dispose(): void;
}

/** A starts uniformly within ±√(6 / (inputs + outputs)) (Glorot, Bengio, AISTATS 2010), b at 0. */
export function linearReadOut({ inputs, outputs, seed, name }: ReadOutRequest): ReadOut {
  const { uniform } = randomStream(seed, name);
  const limit = Math.sqrt(6 / (inputs + outputs));
  const values = Float32Array.from({ length: inputs * outputs }, () => (2 * uniform() - 1) * limit);
  const [kernel, bias] = tidy(() => [
    variable(tensor2d(values, [inputs, outputs])),
    variable(zeros([outputs])),
  ]) as [Variable, Variable];
  return {
    apply: (given) => given.matMul(kernel as Tensor as Tensor2D).add(bias),
    variables: [kernel, bias],
    dispose() {
      kernel.dispose();
      bias.dispose();
    },
  };
}
