import type { GraphLayer } from './model-graph';

/** What an inferring BatchNormalization does to each channel: `y = scale · x + offset`, in double precision. */
export interface Affine {
  readonly scale: Float64Array;
  readonly offset: Float64Array;
}

/** Of TensorFlow.js, where the configuration does not say. */
const DEFAULT_EPSILON = 1e-3;

/**
 * `scale = γ / √(variance + ε)`, `offset = β − scale · mean`.
 *
 * Source: Ioffe, Szegedy, arXiv 1502.03167, algorithm 2.
 */
export function affineOf({ config, weights }: GraphLayer): Affine {
  const epsilon = typeof config.epsilon === 'number' ? config.epsilon : DEFAULT_EPSILON;
  const at = (name: string, channel: number, absent: number) => weights[name]?.values[channel] ?? absent;
  const channels = weights.moving_variance?.values.length ?? 0;
  const scale = Float64Array.from(
    { length: channels },
    (_, channel) => at('gamma', channel, 1) / Math.sqrt(at('moving_variance', channel, 1) + epsilon),
  );
  const offset = scale.map(
    (factor, channel) => at('beta', channel, 0) - factor * at('moving_mean', channel, 0),
  );
  return { scale, offset };
}
