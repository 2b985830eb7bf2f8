import { initializers, type LayersModel, layers, model, type SymbolicTensor } from '@tensorflow/tfjs';
import type { Backbone, BackboneRequest } from '../backbone';
import { dense } from '../backbones/blocks';
import { layerSeed } from '../layer-seed';

export interface StochasticEncoderOptions {
  readonly backbone: Backbone;
  /** Length of t. */
  readonly features: number;
  readonly request: BackboneRequest;
  /** Where every log-variance starts. Default −2, i.e. σ ≈ 0.37: noise small enough to learn through. */
  readonly initialLogVariance?: number;
}

/**
 * An encoder that gives one Gaussian per example, `q(t|x) = N(μ(x), diag σ²(x))`: a model with the two outputs
 * `[mean, logVariance]`, both `[batch, features]`, from the layers `${name}/mean` and `${name}/log-variance`
 * on top of the backbone. Draw `t = μ + exp(½ log σ²) · ε`; read the mean where noise is not wanted.
 *
 * The log-variance starts nearly constant (small weights), so that at first all examples get equal noise.
 *
 * Source: Kingma, Welling, arXiv 1312.6114; Alemi et al., arXiv 1612.00410.
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
  features,
  request,
  initialLogVariance = -2,
}: StochasticEncoderOptions): LayersModel {
  const { name, seed } = request;
  const trunk = backbone.create(request);
  const code = trunk.outputs[0] as SymbolicTensor;
  const logVarianceName = `${name}/log-variance`;
  const mean = dense(code, { name: `${name}/mean`, seed, units: features });
  const logVariance = layers
    .dense({
      name: logVarianceName,
      units: features,
      kernelInitializer: initializers.randomNormal({ stddev: 0.01, seed: layerSeed(seed, logVarianceName) }),
      biasInitializer: initializers.constant({ value: initialLogVariance }),
    })
    .apply(code) as SymbolicTensor;
  return model({ name, inputs: trunk.inputs, outputs: [mean, logVariance] });
}
