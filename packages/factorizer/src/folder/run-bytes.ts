import type { Backbone } from '@factornet/zoo';
import { readingsOfSpecific } from '../networks/factor-part';

/**
 * About what a run writes at most, for this many parameters: the networks, and a checkpoint with two moments of each
 * weight, both beside the ones that they are about to replace; and a little for what is said of them.
 */
export function runBytes(parameters: number): number {
  const bytesPerValue = 4;
  return bytesPerValue * parameters * 2 * (1 + 3) + 1_000_000;
}

/** How many parameters a task-specific network will have, about. */
export function specificParameters(...reading: Parameters<typeof readingsOfSpecific>): number {
  const sizes = readingsOfSpecific(...reading).map(({ backbone, shape }) =>
    backboneParameters(backbone, shape),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** How many parameters a network of this architecture will have. */
export function backboneParameters(
  backbone: Backbone,
  inputShape: readonly [number, number, number],
): number {
  const network = backbone.create({ inputShape, seed: 1, name: 'measured' });
  const parameters = network.countParams();
  network.dispose();
  return parameters;
}
