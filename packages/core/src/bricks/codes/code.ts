import type { Tensor2D } from '@tensorflow/tfjs';
import type { PlainLayer } from '../plain-layer';

/** Draws from N(0, 1), `[batch, length]`; for codes that ship a sample. */
export type CodeNoise = (shape: [number, number]) => Tensor2D;

/**
 * What kind of code a factor's t is, as it ships: a plug-in, made by a factory such as `categorical()`. What training makes
 * of it is a `TrainableCode` of factorizer, which extends it.
 */
export interface Code {
  /** What manifests name it by: lower-case words joined by hyphens. */
  readonly type: string;
  /** What manifests say besides, for {@link CodeType.create}. */
  readonly settings: Readonly<Record<string, number | string>>;
  /** Lengths of the outputs of a task-specific network whose t has this length. */
  outputLengths(length: number): readonly number[];
  /** Whether these are the mean and the log-variance of `q(t|x)`, with independent dimensions: then t has a rate. */
  readonly gaussian?: boolean;
  /** How many of them, from the first, t is made of when it ships. */
  readonly shippedOutputs: number;
  /**
   * The most that a t of this length can tell about anything, in nats, as it ships: `I(anything; t) ≤ capacity`, by
   * construction. Infinity where nothing bounds it.
   */
  capacity(length: number): number;
  /** What ships, `[batch, length]`, of those outputs. Within `tf.tidy`. */
  ship(outputs: readonly Tensor2D[], noise: CodeNoise): Tensor2D;
  /** Layers of TensorFlow.js that make t of the first output, one after the other; left out if none do. */
  readonly layers?: readonly PlainLayer[];
}

/** How a code is made from what a manifest says of it. */
export interface CodeType {
  readonly type: string;
  /** @throws InvalidOptionError for settings that it does not know */
  create(settings: Readonly<Record<string, number | string>>): Code;
}
