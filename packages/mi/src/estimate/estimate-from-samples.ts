import type { FeatureMatrix } from '@factornet/core/samples';
import { estimateSecondsLeft, throwIfCancelled } from '@factornet/core/training';
import { InvalidOptionError } from '@factornet/spec';
import type { LabelledSampleEstimator, PairedSamples, SampleEstimator } from '../estimator';
import type { KsgEstimator } from '../sample-estimators/ksg';
import type { EstimateOptions } from './estimate-options';
import type { Estimate } from './estimate-result';
import { subsampleStandardError } from './subsample-standard-error';
import { learnTransform } from './transform';
import { findWarnings } from './warnings';

/** The estimate of an estimator that looks at the samples themselves. */
export async function estimateFromSamples(
  samples: PairedSamples,
  estimator: SampleEstimator | LabelledSampleEstimator,
  { transform = 'rank-normal', seed = 0, onProgress, signal }: EstimateOptions,
): Promise<Estimate> {
  const isLabelled = estimator.requires === 'labelled-samples';
  const x = learnTransform(transform, samples.x)(samples.x);
  const y = isLabelled ? requireLabels(samples.y) : learnTransform(transform, samples.y)(samples.y);
  const evaluate = (part: PairedSamples) =>
    isLabelled ? estimator.value({ features: part.x, labels: part.y.data }) : estimator.value(part);
  const startedAt = performance.now();
  throwIfCancelled('estimate', signal);
  const measured = measuresDuplicates(estimator) ? estimator.measure({ x, y }) : undefined;
  const value = measured?.value ?? evaluate({ x, y });
  const standardError = await subsampleStandardError({ x, y }, evaluate, {
    seed,
    onPart(done, total) {
      throwIfCancelled('estimate', signal);
      const [all, ready] = [total + 1, done + 1];
      const secondsLeft = estimateSecondsLeft(startedAt, ready, all);
      onProgress?.({ stage: 'evaluation', done: ready, total: all, secondsLeft });
    },
  });
  const cap = estimator.cap?.(x.rows);
  const findings = { estimator, value, standardError, rows: x.rows, cap, duplicates: measured?.duplicates };
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

/** Such as `ksg()`. */
function measuresDuplicates(
  estimator: SampleEstimator | LabelledSampleEstimator,
): estimator is SampleEstimator & Pick<KsgEstimator, 'measure'> {
  return 'measure' in estimator;
}
