import { countGroups, countRepeats, type FeatureMatrix } from '@factornet/core/samples';
import { estimateSecondsLeft, throwIfCancelled } from '@factornet/core/training';
import { InvalidOptionError } from '@factornet/spec';
import type { CountMeasurement, LabelledSampleEstimator, PairedSamples, SampleEstimator } from '../estimator';
import { largestExcess } from '../sample-estimators/scale-columns';
import { findKinships } from './deal-rows';
import type { EstimateOptions } from './estimate-options';
import type { Estimate } from './estimate-result';
import { evaluateSubsamples } from './evaluate-subsamples';
import type { Findings } from './findings';
import { learnTransform } from './transform';
import { findWarnings } from './warnings';

/** The estimate of an estimator that looks at the samples themselves. */
export async function estimateFromSamples(
  samples: PairedSamples,
  estimator: SampleEstimator | LabelledSampleEstimator,
  { transform = 'rank-normal', groups: identifiers, seed = 0, onProgress, signal }: EstimateOptions,
): Promise<Estimate> {
  const isLabelled = estimator.requires === 'labelled-samples';
  const x = learnTransform(transform, samples.x, 'x')(samples.x);
  const y = isLabelled ? requireLabels(samples.y) : learnTransform(transform, samples.y, 'y')(samples.y);
  const evaluate = (part: PairedSamples) =>
    isLabelled ? estimator.value({ features: part.x, labels: part.y.data }) : estimator.value(part);
  const startedAt = performance.now();
  throwIfCancelled('estimate', signal);
  const kin = findKinships(samples, identifiers);
  const measured = isLabelled ? undefined : estimator.measure?.({ x, y });
  const value = measured?.value ?? evaluate({ x, y });
  const { standardError: spread, half } = await evaluateSubsamples({ x, y }, evaluate, {
    groups: kin.groups,
    seed,
    onPart(done, total) {
      throwIfCancelled('estimate', signal);
      const [all, ready] = [total + 1, done + 1];
      const secondsLeft = estimateSecondsLeft(startedAt, ready, all);
      onProgress?.({ stage: 'evaluation', done: ready, total: all, secondsLeft });
    },
  });
  const counts = measured?.counts;
  const growth = half === undefined ? 0 : value - half;
  const standardError = counts === undefined ? spread : Math.hypot(spread, biasLeft(counts, growth));
  const cap = counts?.cap ?? estimator.cap?.(x.rows);
  const findings: Findings = {
    estimator,
    value,
    standardError,
    rows: x.rows,
    cap,
    copies: countRepeats(kin.copies),
    groups: identifiers === undefined ? undefined : countGroups(kin.groups),
    columns: Math.min(x.columns, y.columns),
    excess: transform === 'rank-normal' ? 0 : excessOf({ x, y }, isLabelled),
    growth,
    spread,
    measured,
  };
  return {
    estimator: estimator.name,
    direction: estimator.direction,
    value,
    standardError,
    unit: 'nats',
    ...(cap !== undefined && { cap }),
    curve: [],
    warnings: findWarnings(findings),
    samples: { training: 0, validation: 0, test: x.rows },
  };
}

/** @throws InvalidOptionError unless y is one column of whole numbers from −1 */
function requireLabels(y: FeatureMatrix): FeatureMatrix {
  const bad = y.columns === 1 ? y.data.find((label) => !Number.isInteger(label) || label < -1) : y.columns;
  if (bad === undefined) return y;
  throw new InvalidOptionError(
    {
      option: 'y',
      expected: 'one column of class indices, −1 for none',
      received: y.columns === 1 ? bad : `${bad} columns`,
    },
    { hint: 'An estimator on labelled samples takes the features as x and the labels as y.' },
  );
}

/**
 * What counts may read wrong by chance: the term that was not subtracted, or, since that is too small where most cells are
 * not seen, what twice as many rows changed. A bias of 1/N changes by its own size.
 */
function biasLeft({ bias, isCorrected }: CountMeasurement, growth: number): number {
  return Math.max(isCorrected ? 0 : Math.abs(bias), Math.abs(growth));
}

function excessOf({ x, y }: PairedSamples, isLabelled: boolean): number {
  return Math.max(largestExcess(x), isLabelled ? 0 : largestExcess(y));
}
