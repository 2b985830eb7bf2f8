import type { CommonDescription, FactorDescription, TaskDescription } from '@factornet/spec';
import type { LayersModel } from '@tensorflow/tfjs';
import type { Fusion } from './fusions/fusion';

/** A common-knowledge network in memory: `z = C(x)`, pictures `[batch, height, width, channels]` to `[batch, features]`. */
export interface CommonNetwork {
  readonly kind: 'common';
  readonly description: CommonDescription;
  readonly network: LayersModel;
}

/**
 * A factor in memory: the task-specific network `S(x)` with outputs mean and log-variance of t, both `[batch, code]`,
 * and the head from what the fusion makes of z and t to logits `[batch, classes]`.
 */
export interface FactorNetwork<Task extends TaskDescription = TaskDescription> {
  readonly kind: 'factor';
  readonly description: FactorDescription & { readonly task: Task };
  /** The one that the description names. */
  readonly fusion: Fusion;
  readonly specific: LayersModel;
  readonly head: LayersModel;
}

/** A network in memory, by its `kind`. */
export type Brick = CommonNetwork | FactorNetwork;

/** What of a factor computes. */
export type FactorModels = Pick<FactorNetwork, 'fusion' | 'specific' | 'head'>;

/** Releases the weights of a network in memory. */
export function disposeBrick(brick: Brick): void {
  if (brick.kind === 'common') {
    brick.network.dispose();
  } else {
    brick.specific.dispose();
    brick.head.dispose();
  }
}
