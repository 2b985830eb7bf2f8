import type { CommonDescription, FactorDescription, TaskDescription } from '@factornet/spec';
import type { LayersModel } from '@tensorflow/tfjs';
import type { Code } from './codes/code';
import type { Fusion } from './fusions/fusion';

/**
 * A common-knowledge network in memory: `z = C(x)`, pictures `[batch, height, width, channels]` to `[batch, features]`, and
 * behind it the maps of its description, as further outputs.
 */
export interface CommonNetwork {
  readonly kind: 'common';
  readonly description: CommonDescription;
  readonly network: LayersModel;
}

/**
 * A factor in memory: the task-specific network, from what the description's `reads` names, input by input, to what the code
 * t `[batch, code]` is made of, and the head from what the fusion makes of z and t to logits `[batch, classes]`.
 */
export interface FactorNetwork<Task extends TaskDescription = TaskDescription> {
  readonly kind: 'factor';
  readonly description: FactorDescription & { readonly task: Task };
  /** The one that the description names. */
  readonly code: Code;
  /** The one that the description names. */
  readonly fusion: Fusion;
  readonly specific: LayersModel;
  readonly head: LayersModel;
}

/** A network in memory, by its `kind`. */
export type Brick = CommonNetwork | FactorNetwork;

/** What of a factor computes. */
export interface FactorModels extends Pick<FactorNetwork, 'code' | 'fusion' | 'specific' | 'head'> {
  readonly description: Pick<FactorDescription, 'reads'>;
}

/** Releases the weights of a network in memory. */
export function disposeBrick(brick: Brick): void {
  if (brick.kind === 'common') {
    brick.network.dispose();
  } else {
    brick.specific.dispose();
    brick.head.dispose();
  }
}
