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

/** As of the critic that `estimate` makes: thousands of samples want smaller networks than the papers' streams of them. */
const DEFAULT_HIDDEN = [64, 64];

/** The critic that is asked for, if the estimator scores pairs; without one, `estimate` makes one. */
export function commandCritic(
  { requires }: EstimateOptions['estimator'],
  { critic = 'separable', hidden }: CriticFlags,
): Critic | undefined {
  if (requires === 'log-likelihoods') {
    return hidden === undefined ? undefined : gaussianConditionalCritic({ hidden });
  }
  if (requires !== 'scores') return undefined;
  switch (critic) {
    case 'separable':
      return hidden === undefined ? undefined : separableCritic({ hidden });
    case 'joint':
      return jointCritic({ hidden: hidden ?? DEFAULT_HIDDEN });
    case 'bilinear':
      return bilinearCritic();
    case 'cosine':
      return cosineCritic({ hidden: hidden ?? DEFAULT_HIDDEN });
  }
}
