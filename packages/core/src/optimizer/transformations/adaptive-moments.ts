import { sqrt, type Tensor1D } from '@tensorflow/tfjs';
import { checkNumber } from '../check-number';
import type { Transformation } from '../transformation';

export interface AdaptiveMomentsOptions {
  /** Share of the mean gradient that stays at each step. Default 0.9. */
  beta1?: number;
  /** Share of the mean squared gradient that stays at each step. Default 0.999. */
  beta2?: number;
  /** Default 1e-7. */
  epsilon?: number;
}

/**
 * Adam's direction, `m / (√v + ε)` with `m ← β₁ m + (1 − β₁) g` and `v ← β₂ v + (1 − β₂) g²`, times
 * `√(1 − β₂ᵗ) / (1 − β₁ᵗ)`, since both means begin at 0.
 *
 * @throws InvalidOptionError unless both shares are in [0, 1) and epsilon is from 0
 *
 * Source: Kingma, Ba, arXiv 1412.6980, in the order of the end of its section 2.
 */
export function adaptiveMoments({
  beta1 = 0.9,
  beta2 = 0.999,
  epsilon = 1e-7,
}: AdaptiveMomentsOptions = {}): Transformation<'first-moment' | 'second-moment'> {
  checkNumber('beta1', beta1, { below: 1 });
  checkNumber('beta2', beta2, { below: 1 });
  checkNumber('epsilon', epsilon);
  return {
    remembers: ['first-moment', 'second-moment'],
    create: () => ({
      apply({ weights, direction: gradient, scale }, remembered, { step }) {
        const first = remembered['first-moment'].mul(beta1).add<Tensor1D>(gradient.mul(1 - beta1));
        const second = remembered['second-moment'].mul(beta2).add<Tensor1D>(gradient.square().mul(1 - beta2));
        const correction = Math.sqrt(1 - beta2 ** step) / (1 - beta1 ** step);
        const direction = first.div<Tensor1D>(sqrt(second).add(epsilon));
        return [
          { weights, direction, scale: scale * correction },
          { 'first-moment': first, 'second-moment': second },
        ];
      },
    }),
  };
}
