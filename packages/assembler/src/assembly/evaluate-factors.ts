import { type CommonOutputs, codeOf, factorLogits } from '@factornet/core';
import { type NoiseOptions, seededNoise } from '@factornet/core/internal';
import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs';
import type { LoadedFactor, LoadedTrunk } from './loaded';

/** A factor and the common-knowledge network that it runs with. */
export interface PlacedFactor extends LoadedFactor {
  readonly trunk: LoadedTrunk;
}

/**
 * The logits of every factor, `[batch, classes]`; z and the maps of each common-knowledge network are computed once. Call it within
 * `tf.tidy`.
 *
 * @param evaluateTrunk what it offers of pictures
 * @param noise the seed of codes that ship a sample, and where in its batch the first picture is
 */
export function evaluateFactors(
  factors: readonly PlacedFactor[],
  images: Tensor4D,
  evaluateTrunk: (trunk: LoadedTrunk, images: Tensor4D) => CommonOutputs,
  noise: NoiseOptions,
): Tensor2D[] {
  const evaluated = new Map<LoadedTrunk, CommonOutputs>();
  return factors.map((factor) => {
    const { trunk } = factor;
    let offered = evaluated.get(trunk);
    if (offered === undefined) {
      offered = evaluateTrunk(trunk, images);
      evaluated.set(trunk, offered);
    }
    const code = codeOf(factor, offered, seededNoise({ ...noise, key: factor.task.name }));
    return factorLogits(factor, offered.features, code);
  });
}
