import { addN, logSoftmax, type Scalar, type Tensor2D, tidy } from '@tensorflow/tfjs';
import type { ObjectiveTerm } from './objective-term';

export interface SupervisionOptions {
  /** Default 1. */
  weight?: number;
  /** Share of the target spread evenly over all classes. Default 0. */
  labelSmoothing?: number;
}

/** Cross-entropy of every factor, `Σ_j −E log softmax(head_j(z + t_j))[y_j]`, over examples with a label. */
export function supervision({ weight = 1, labelSmoothing = 0 }: SupervisionOptions = {}): ObjectiveTerm {
  return {
    name: 'supervision',
    weight,
    sense: 'minimise',
    needs: [],
    prepare: () => ({
      variables: [],
      evaluate: ({ factors }) =>
        tidy(
          () =>
            addN(
              factors.map(({ logits, targets }) => crossEntropy(smooth(targets, labelSmoothing), logits)),
            ) as Scalar,
        ),
      dispose: () => {},
    }),
  };
}

/** `−(1/n) Σ_i Σ_k targets[i,k] · log softmax(logits)[i,k]`, n the number of rows whose targets are not all zero. */
export function crossEntropy(targets: Tensor2D, logits: Tensor2D): Scalar {
  return tidy(() => {
    const labelled = targets.sum().maximum(1e-6);
    return targets.mul(logSoftmax(logits)).sum().neg().div(labelled) as Scalar;
  });
}

function smooth(targets: Tensor2D, amount: number): Tensor2D {
  if (amount === 0) return targets;
  const uniform = targets.sum(1, true).div(targets.shape[1]);
  return targets.mul(1 - amount).add(uniform.mul(amount)) as Tensor2D;
}
