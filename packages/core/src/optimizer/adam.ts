import { keep, sqrt, type Tensor, type Tensor1D, tidy, zerosLike } from '@tensorflow/tfjs';
import { assignFlat, flatten } from './flat-variables';
import type { Optimizer } from './optimizer';

export interface AdamOptions {
  /** Default 2e-3. */
  learningRate?: number;
  /** Default 0.9. */
  beta1?: number;
  /** Default 0.999. */
  beta2?: number;
  /** Default 1e-7. */
  epsilon?: number;
  /** Decoupled: weights shrink by learningRate · weightDecay each step. Default 0. */
  weightDecay?: number;
}

/**
 * Adam with decoupled weight decay, on all variables joined into one vector: a dozen kernel calls a step
 * whatever the number of variables, where `tf.train.adam` makes a dozen for each (half of a step's time on
 * networks as small as factors).
 *
 * Source: Kingma, Ba, arXiv 1412.6980; Loshchilov, Hutter, arXiv 1711.05101.
 */
export function adam({
  learningRate = 2e-3,
  beta1 = 0.9,
  beta2 = 0.999,
  epsilon = 1e-7,
  weightDecay = 0,
}: AdamOptions = {}): Optimizer {
  return {
    name: 'adam',
    learningRate,
    create(variables) {
      let weights = flatten(variables);
      let first: Tensor1D = zerosLike(weights);
      let second: Tensor1D = zerosLike(weights);
      let steps = 0;
      const replace = (next: Tensor1D[]) => {
        for (const tensor of [weights, first, second]) tensor.dispose();
        [weights, first, second] = next as [Tensor1D, Tensor1D, Tensor1D];
      };
      return {
        apply(gradient, rate) {
          const next = tidy(() => {
            const nextFirst = first.mul(beta1).add(gradient.mul(1 - beta1));
            const nextSecond = second.mul(beta2).add(gradient.square().mul(1 - beta2));
            const correction = Math.sqrt(1 - beta2 ** (steps + 1)) / (1 - beta1 ** (steps + 1));
            const shrunk = weightDecay === 0 ? weights : weights.mul(1 - rate * weightDecay);
            const change = nextFirst.div(sqrt(nextSecond).add(epsilon)).mul(rate * correction);
            const nextWeights: Tensor1D = shrunk.sub(change);
            // The last that may find no room: a step is taken as a whole, or not at all.
            assignFlat(variables, nextWeights);
            return [nextWeights, nextFirst, nextSecond].map((tensor) => keep(tensor) as Tensor1D);
          });
          steps += 1;
          replace(next);
        },
        state: () =>
          new Map<string, Tensor>([
            ['first-moment', first],
            ['second-moment', second],
          ]),
        restore(state, completedSteps) {
          steps = completedSteps;
          replace([
            flatten(variables),
            (state.get('first-moment') as Tensor1D).clone(),
            (state.get('second-moment') as Tensor1D).clone(),
          ]);
        },
        dispose() {
          for (const tensor of [weights, first, second]) tensor.dispose();
        },
      };
    },
  };
}
