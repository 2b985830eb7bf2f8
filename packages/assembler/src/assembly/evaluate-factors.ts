import { codeOf, factorLogits, normalizeImages } from '@factornet/core';
import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs';
import type { LoadedFactor, LoadedTrunk } from './loaded';

/** A factor and the common-knowledge network that it runs with. */
export interface PlacedFactor extends LoadedFactor {
  readonly trunk: LoadedTrunk;
}

/**
 * The logits of every factor, `[batch, classes]`; z of each common-knowledge network is computed once. Call it within
 * `tf.tidy`.
 *
 * @param evaluateTrunk z of normalized pictures
 */
export function evaluateFactors(
  factors: readonly PlacedFactor[],
  images: Tensor4D,
  evaluateTrunk: (trunk: LoadedTrunk, normalized: Tensor4D) => Tensor2D,
): Tensor2D[] {
  const evaluated = new Map<LoadedTrunk, { normalized: Tensor4D; features: Tensor2D }>();
  return factors.map((factor) => {
    const { trunk } = factor;
    let shared = evaluated.get(trunk);
    if (shared === undefined) {
      const normalized = normalizeImages(images, trunk.input);
      shared = { normalized, features: evaluateTrunk(trunk, normalized) };
      evaluated.set(trunk, shared);
    }
    return factorLogits(factor, shared.features, codeOf(factor, shared.normalized));
  });
}
