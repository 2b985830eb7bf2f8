import { columnsOf, type FeatureMatrix } from '@factornet/core/samples';
import { centred, isConstant } from './columns';
import { mean } from './top-two-gap';

/** Below this standard deviation the penalty on weights, made for codes of about 1, begins to decide what is read. */
export const SMALL_DEVIATION = 0.1;

/**
 * A note if codes vary so little that a metric of fixed thresholds and penalties, which its published definition has,
 * says more about their scale than about them; constant codes do not count.
 */
export function noteOnScale(codes: FeatureMatrix, consequence: string, least = SMALL_DEVIATION): string[] {
  const deviations = columnsOf(codes)
    .filter((code) => !isConstant(code))
    .map(deviationOf);
  const small = deviations.filter((deviation) => deviation < least);
  if (small.length === 0) return [];
  const largest = Number(Math.max(...small).toPrecision(2));
  return [
    `${small.length} of ${codes.columns} codes have a standard deviation below ${least} (up to ${largest}), and ${consequence}. The value depends on the scale of codes: divide each by its standard deviation to compare.`,
  ];
}

/** A note if codes are so far from 0 that a classifier whose intercept is penalised hardly reaches them. */
export function noteOnOffset(codes: FeatureMatrix): string[] {
  const far = columnsOf(codes).filter(
    (code) => !isConstant(code) && Math.abs(mean(code)) > 10 * deviationOf(code),
  );
  if (far.length === 0) return [];
  return [
    `${far.length} of ${codes.columns} codes have a mean of more than ten standard deviations, which the penalised intercept of the classifier hardly reaches: subtract it to compare.`,
  ];
}

function deviationOf(values: Float64Array): number {
  const differences = centred(values);
  // In shares of the largest difference, since squares of small ones are 0.
  const most = differences.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  if (most === 0) return 0;
  return most * Math.sqrt(mean(differences.map((value) => (value / most) ** 2)));
}
