import {
  bilinearCritic,
  type Critic,
  cosineCritic,
  type EstimateOptions,
  gaussianConditionalCritic,
  jointCritic,
  separableCritic,
} from '@factornet/mi';

export interface CriticFlags {
  readonly critic?: 'separable' | 'joint' | 'bilinear' | 'cosine';
  /** Units of hidden layers. */
  readonly hidden?: readonly number[];
}

/** As in `estimate`, which knows that thousands of samples want smaller networks than the papers' streams of them. */
const DEFAULT_HIDDEN = [128, 128];

/** The critic for an estimator, if it needs one: what scores pairs is chosen, log-likelihoods are of a Gaussian. */
export function commandCritic(
  { requires }: EstimateOptions['estimator'],
  { critic = 'separable', hidden = DEFAULT_HIDDEN }: CriticFlags,
): Critic | undefined {
  if (requires === 'log-likelihoods') return gaussianConditionalCritic({ hidden });
  if (requires !== 'scores') return undefined;
  switch (critic) {
    case 'separable':
      return separableCritic({ hidden, embedding: 32 });
    case 'joint':
      return jointCritic({ hidden });
    case 'bilinear':
      return bilinearCritic();
    case 'cosine':
      return cosineCritic({ hidden });
  }
}
