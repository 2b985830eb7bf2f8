import type { CommonDescription, FactorDescription, TaskDescription } from '@factornet/spec';
import type { LayersModel } from '@tensorflow/tfjs';

/** A common-knowledge network in memory: `z = C(x)`, pictures `[batch, height, width, channels]` to `[batch, features]`. */
export interface CommonNetwork {
  readonly description: CommonDescription;
  readonly network: LayersModel;
}

/**
 * A factor in memory: the task-specific network `S(x)` with outputs mean and log-variance of t, both
 * `[batch, features]`, and the head from `z + t` to logits `[batch, classes]`.
 */
export interface FactorNetwork<Task extends TaskDescription = TaskDescription> {
  readonly description: FactorDescription & { readonly task: Task };
  readonly specific: LayersModel;
  readonly head: LayersModel;
}

/** Releases the weights of a network in memory. */
export function disposeBrick(brick: CommonNetwork | FactorNetwork): void {
  if ('network' in brick) {
    brick.network.dispose();
  } else {
    brick.specific.dispose();
    brick.head.dispose();
  }
}
