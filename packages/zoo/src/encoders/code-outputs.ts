import { initializers, layers, type SymbolicTensor } from '@tensorflow/tfjs';
import { dense } from '../backbones/blocks';
import { layerSeed } from '../layer-seed';

export interface CodeOutputRequest {
  readonly seed: number;
  /** Prefix of the layers' names. */
  readonly name: string;
  /** Length of t. */
  readonly length: number;
}

/**
 * The two outputs of a Gaussian code, mean and log-variance, each `[batch, length]`, from the layers `${name}/mean` and
 * `${name}/log-variance`.
 *
 * Log-variances start nearly constant (small weights), so that at first all examples get equal noise, at −2, i.e. σ ≈ 0.37:
 * little enough to learn through.
 *
 * Source: Kingma, Welling, arXiv 1312.6114; Alemi et al., arXiv 1612.00410.
 *
 * @param initialLogVariance default −2
 */
export function gaussianOutputs(
  features: SymbolicTensor,
  {
    seed,
    name,
    length,
    initialLogVariance = -2,
  }: CodeOutputRequest & { readonly initialLogVariance?: number },
): SymbolicTensor[] {
  const logVarianceName = `${name}/log-variance`;
  const logVariance = layers
    .dense({
      name: logVarianceName,
      units: length,
      kernelInitializer: initializers.randomNormal({ stddev: 0.01, seed: layerSeed(seed, logVarianceName) }),
      biasInitializer: initializers.constant({ value: initialLogVariance }),
    })
    .apply(features) as SymbolicTensor;
  return [dense(features, { name: `${name}/mean`, seed, units: length }), logVariance];
}

/** One linear output, `[batch, length]`, from the layer `${name}/code`: of codes that are no distribution. */
export function linearOutput(
  features: SymbolicTensor,
  { seed, name, length }: CodeOutputRequest,
): SymbolicTensor[] {
  return [dense(features, { name: `${name}/code`, seed, units: length })];
}
