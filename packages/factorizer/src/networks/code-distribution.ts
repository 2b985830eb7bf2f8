import { LOG_VARIANCE_LIMITS } from '@factornet/mi';
import { clipByValue, exp, type Tensor, type Tensor2D } from '@tensorflow/tfjs';

/** What a task-specific network says about t, `q(t|x) = N(mean, diag e^logVariance)`, each `[batch, code]`. */
export interface CodeDistribution {
  readonly mean: Tensor2D;
  readonly logVariance: Tensor2D;
}

/** Of the network's two outputs, log-variances within {@link LOG_VARIANCE_LIMITS}. */
export function codeDistribution(outputs: Tensor | readonly Tensor[]): CodeDistribution {
  const [mean, raw] = outputs as readonly [Tensor2D, Tensor2D];
  return { mean, logVariance: clipByValue(raw, ...LOG_VARIANCE_LIMITS) };
}

/** `mean + e^(logVariance/2) · noise`, noise from N(0, 1). Source: Kingma, Welling, arXiv 1312.6114. */
export function sampleCode({ mean, logVariance }: CodeDistribution, noise: Tensor2D): Tensor2D {
  return mean.add(exp(logVariance.div(2)).mul(noise));
}
