import type { Tensor1D } from '@tensorflow/tfjs';
import { checkNumber } from '../check-number';
import type { Transformation } from '../transformation';

export interface MomentumOptions {
  /** Share of the velocity that stays at each step, in [0, 1). */
  momentum: number;
  /** Looks one step ahead: the direction is `g + momentum · v`. Default false. */
  nesterov?: boolean;
}

/**
 * Goes on in the direction of earlier steps: `v ← momentum · v + g`, the direction is `v`.
 *
 * @throws InvalidOptionError unless the share is in [0, 1)
 *
 * Source: Sutskever, Martens, Dahl, Hinton, ICML 2013, as in `torch.optim.SGD`.
 */
export function momentum({ momentum, nesterov = false }: MomentumOptions): Transformation<'velocity'> {
  checkNumber('momentum', momentum, { below: 1 });
  return {
    remembers: ['velocity'],
    create: () => ({
      apply(step, { velocity: before }) {
        const velocity = before.mul(momentum).add<Tensor1D>(step.direction);
        const direction = nesterov ? step.direction.add<Tensor1D>(velocity.mul(momentum)) : velocity;
        return [{ ...step, direction }, { velocity }];
      },
    }),
  };
}
