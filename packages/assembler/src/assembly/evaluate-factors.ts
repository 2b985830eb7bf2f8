import { normalizeImages } from '@factornet/core';
import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs';
import type { LoadedFactor, LoadedTrunk } from './loaded';
import { runModel } from './run-model';

/** A factor and the common-knowledge network that it runs with. */
export interface PlacedFactor extends LoadedFactor {
  readonly trunk: LoadedTrunk;
}

/**
 * `head(z + mean)` of every factor, `[batch, classes]`; z of each common-knowledge network is computed once. Call it
 * within `tf.tidy`.
 *
 * @param evaluateTrunk z of normalized pictures
 */
export function evaluateFactors(
  factors: readonly PlacedFactor[],
  images: Tensor4D,
  evaluateTrunk: (trunk: LoadedTrunk, normalized: Tensor4D) => Tensor2D,
): Tensor2D[] {
  const evaluated = new Map<LoadedTrunk, { normalized: Tensor4D; features: Tensor2D }>();
  return factors.map(({ trunk, specific, head }) => {
    let shared = evaluated.get(trunk);
    if (shared === undefined) {
      const normalized = normalizeImages(images, trunk.input);
      shared = { normalized, features: evaluateTrunk(trunk, normalized) };
      evaluated.set(trunk, shared);
    }
    return runModel(head, shared.features.add(runModel(specific, shared.normalized)));
  });
}
