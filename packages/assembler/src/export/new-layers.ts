import type { PlainLayer } from '@factornet/core';
import type { InputDescription } from '@factornet/spec';
import type { GraphLayer } from './model-graph';

/** Where pictures or features come in. */
export function inputLayer(name: string, batchInputShape: readonly (number | null)[]): GraphLayer {
  const config = { batch_input_shape: batchInputShape, dtype: 'float32', sparse: false, name };
  return { name, className: 'InputLayer', config, from: [], weights: {} };
}

/** A layer without weights. */
export function plainLayer(
  { className, config }: PlainLayer,
  name: string,
  from: readonly string[],
): GraphLayer {
  return { name, className, config: { ...config, name }, from, weights: {} };
}

/**
 * Pictures to what a network was trained on, `(x − mean) / standardDeviation` per channel: a BatchNormalization of
 * variance 1 with the factor γ = 1 / standardDeviation, which half precision holds better than a small variance. (A 1×1
 * DepthwiseConv2D would take two kernels, for the product and the sum.)
 */
export function normalizationLayer(
  name: string,
  from: string,
  { mean, standardDeviation }: InputDescription['normalization'],
): GraphLayer {
  const weight = (values: readonly number[]) => ({
    shape: [values.length],
    values: Float32Array.from(values),
  });
  return {
    name,
    className: 'BatchNormalization',
    config: { name, axis: -1, epsilon: 0, center: false, scale: true, trainable: false },
    from: [from],
    weights: {
      gamma: weight(standardDeviation.map((deviation) => 1 / deviation)),
      moving_mean: weight(mean),
      moving_variance: weight(mean.map(() => 1)),
    },
  };
}
