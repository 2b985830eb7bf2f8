import { concat, fill, keep, type Tensor, type Tensor1D, tidy, type Variable } from '@tensorflow/tfjs';
import { checkNumber } from '../check-number';
import type { RunningTransformation, Transformation } from '../transformation';

/** Which variables decay, by name and shape. */
export type Decays = (variable: Pick<Variable, 'name' | 'shape'>) => boolean;

export interface WeightDecayOptions {
  weightDecay: number;
  /** Default: all of them. */
  decays?: Decays | undefined;
}

/**
 * Leaves out biases, and scales and offsets of normalization: whatever has fewer than two axes. These do not make
 * a network sensitive to its input, and some normalizations make up for shrunk kernels, but not for shrunk scales.
 */
export const onlyKernels: Decays = ({ shape }) => shape.length > 1;

/**
 * Decoupled decay: `w ← (1 − rate · decay) · w` before the step, whatever the gradient is scaled by.
 *
 * Source: Loshchilov, Hutter, arXiv 1711.05101.
 */
export function decoupledDecay(options: WeightDecayOptions): Transformation {
  return decay(options, (weightDecay, mask) => (step, _remembered, { rate }) => {
    const kept = mask === undefined ? 1 - rate * weightDecay : mask.mul(-rate * weightDecay).add(1);
    return [{ ...step, weights: step.weights.mul(kept) }];
  });
}

/** Decay within the gradient: `g ← g + decay · w`, the gradient of `decay/2 · ‖w‖²`. */
export function coupledDecay(options: WeightDecayOptions): Transformation {
  return decay(options, (weightDecay, mask) => (step) => {
    const factor = mask === undefined ? weightDecay : mask.mul<Tensor>(weightDecay);
    return [{ ...step, direction: step.direction.add(step.weights.mul(factor)) }];
  });
}

function decay(
  { weightDecay, decays }: WeightDecayOptions,
  applyWith: (weightDecay: number, mask: Tensor1D | undefined) => RunningTransformation['apply'],
): Transformation {
  checkNumber('weightDecay', weightDecay);
  return {
    remembers: [],
    create(variables) {
      const mask = decays && keep(maskOf(variables, decays));
      return { apply: applyWith(weightDecay, mask), dispose: () => mask?.dispose() };
    },
  };
}

/** 1 where weights decay and 0 elsewhere, in the order of the gradient. */
function maskOf(variables: readonly Variable[], decays: Decays): Tensor1D {
  return tidy(() => concat(variables.map((each) => fill([each.size], decays(each) ? 1 : 0) as Tensor1D)));
}
