import type { LayersModel } from '@tensorflow/tfjs';
import type { Backbone, BackboneRequest } from '../backbone';
import { codeEncoder } from './code-encoder';
import { gaussianOutputs } from './code-outputs';

export interface StochasticEncoderOptions {
  readonly backbone: Backbone;
  /** Length of t. */
  readonly features: number;
  readonly request: BackboneRequest;
  /** Where every log-variance starts. Default −2, i.e. σ ≈ 0.37: noise small enough to learn through. */
  readonly initialLogVariance?: number;
}

/**
 * An encoder of pictures that gives one Gaussian per example, `q(t|x) = N(μ(x), diag σ²(x))`: a {@link codeEncoder} with the two
 * outputs `[mean, logVariance]`, both `[batch, features]`. Draw `t = μ + exp(½ log σ²) · ε`; read the mean where noise is
 * not wanted.
 *
 * @example
 * const encoder = stochasticEncoder({
 *   backbone: convolutional({ filters: [8, 16] }),
 *   features: 32,
 *   request: { inputShape: [32, 32, 3], seed: 1, name: 'shape' },
 * });
 * const [mean, logVariance] = encoder.predict(images) as Tensor2D[];
 */
export function stochasticEncoder({
  backbone,
  features: length,
  request: { inputShape, seed, name },
  initialLogVariance,
}: StochasticEncoderOptions): LayersModel {
  return codeEncoder({
    reads: [{ from: 'picture', shape: inputShape, backbone }],
    seed,
    name,
    outputs: (features, request) =>
      gaussianOutputs(features, {
        ...request,
        length,
        ...(initialLogVariance !== undefined && { initialLogVariance }),
      }),
  });
}
