import { checkFinite, checkMatrix, type FeatureMatrix } from '@factornet/core/samples';

/**
 * `softmax(logits / T)` per row: what `measureCalibration` takes.
 *
 * @param logits `[examples, classes]`
 * @throws ShapeMismatchError, InvalidOptionError for logits that are not finite
 */
export function softmaxOf(logits: FeatureMatrix, temperature = 1): FeatureMatrix {
  checkMatrix('logits', logits);
  checkFinite('logits', logits);
  const { rows, columns } = logits;
  const data = Float64Array.from(logits.data);
  for (let row = 0; row < rows; row++) {
    const own = data.subarray(row * columns, (row + 1) * columns);
    const greatest = own.reduce((most, logit) => Math.max(most, logit), Number.NEGATIVE_INFINITY);
    const powers = own.map((logit) => Math.exp((logit - greatest) / temperature));
    const total = powers.reduce((sum, power) => sum + power, 0);
    own.set(powers.map((power) => power / total));
  }
  return { rows, columns, data };
}
