import { columnsOf, type FeatureMatrix, numberAt } from '@factornet/core/samples';
import { estimateSecondsLeft, throwIfCancelled, yieldToEventLoop } from '@factornet/core/training';
import { InvalidOptionError } from '@factornet/spec';
import { accuracy } from '../accuracy';
import type { Metric, MetricRun } from '../metric';
import type { FixedRepresentation } from '../representation';
import { centred, rowsOf } from './columns';
import { drawExamples } from './examples';
import { fitSupportVectors } from './linear-support-vector';
import { noteOnOffset, noteOnScale } from './note-on-scale';
import { mean, topTwoGaps } from './top-two-gap';
import { varyingFactors } from './varying-factors';

export interface SapOptions {
  /**
   * How well a code predicts a factor: `discrete`, the held-out accuracy of linear support vector machines on this one
   * code, or `continuous`, the squared correlation with the factor's number, for factors whose order means something.
   */
  variant: 'discrete' | 'continuous';
}

/** The separated attribute predictability of a matrix: `mean_k (S_(1),k − S_(2),k)`. @throws InvalidOptionError as `topTwoGaps` */
export function sapOfMatrix(scores: FeatureMatrix): number {
  return mean(topTwoGaps(scores));
}

/**
 * Separated attribute predictability, SAP: how much better the best single code predicts a factor than the second best,
 * `mean_k (S_(1),k − S_(2),k)`. In [0, 1]. The variants differ so much that each has its own name:
 *
 * - `sap-discrete`: `S` is the held-out accuracy of a one-against-rest linear classifier. It does **not** reach 1 where
 *   factors have more than three values, since a straight line cannot single out a value in the middle: perfect codes of
 *   factors with 3, 6, 8, 8 and 8 values score about 0.42. It depends on the scale of codes and, since the
 *   penalty is not divided by it, on the number of examples: 0.30 at two thirds of them. This is the default of
 *   disentanglement_lib, whose classifier is `LinearSVC(C=0.01, class_weight='balanced')`.
 * - `sap-continuous`: `S` is `cov² / (var z · var v)`, 0 for a code that is constant (variance up to 1e-12).
 *
 * Factors with a single value among the examples learnt from are left out, with a note; a note also says where codes are so
 * small that the penalty, or that variance, decides. A sampler is asked for 10,000
 * examples, and 5,000 more for `discrete`, which deals fixed arrays out two to one.
 *
 * Source: Kumar et al., "Variational Inference of Disentangled Latent Concepts from Unlabeled Observations"
 * (arXiv 1711.00848), as in disentanglement_lib.
 *
 * @throws InvalidOptionError for another variant; when measured, for a single code or without a factor that varies
 * @example
 * const { value } = await sap({ variant: 'continuous' }).measure({ codes, factors });
 */
export function sap({ variant }: SapOptions): Metric {
  if (variant !== 'discrete' && variant !== 'continuous') {
    throw new InvalidOptionError({
      option: 'variant',
      expected: '"discrete" or "continuous"',
      received: variant,
    });
  }
  const name = `sap-${variant}`;
  return {
    name,
    range: [0, 1],
    better: 'high',
    needsFactors: true,
    async measure(representation, run = {}) {
      const { train, test } = await drawExamples(name, representation, run, variant === 'discrete');
      const { factors, positions, notes } = varyingFactors(train.factors);
      const known = { codes: train.codes, factors };
      const scores =
        variant === 'continuous'
          ? squaredCorrelations(known)
          : await classifierAccuracies(name, known, test, positions, run);
      const perFactor = topTwoGaps(scores);
      const onScale =
        variant === 'continuous'
          ? noteOnScale(train.codes, 'count as constant', Math.sqrt(CONSTANT_VARIANCE))
          : [
              ...noteOnScale(train.codes, 'the penalty of the classifier hides what they tell'),
              ...noteOnOffset(train.codes),
            ];
      return {
        metric: name,
        value: mean(perFactor),
        details: {
          perFactor: [...perFactor],
          factors: positions,
          scores: rowsOf(scores),
          notes: [...notes, ...onScale],
        },
      };
    },
  };
}

const CONSTANT_VARIANCE = 1e-12;

/** `cov(z_d, v_k)² / (var z_d · var v_k)`, `[codes, factors]`, for factors that vary. */
export function squaredCorrelations({ codes, factors }: FixedRepresentation): FeatureMatrix {
  const [codeColumns, factorColumns] = [columnsOf(codes).map(centred), columnsOf(factors).map(centred)];
  const freedom = Math.max(1, codes.rows - 1);
  const data = codeColumns.flatMap((code) => {
    const variance = product(code, code) / freedom;
    return factorColumns.map((factor) => {
      if (variance <= CONSTANT_VARIANCE) return 0;
      const covariance = product(code, factor) / freedom;
      // Quotient by quotient: squares of large codes would overflow.
      const slope = covariance / variance;
      return Math.min(1, (slope * covariance) / (product(factor, factor) / freedom));
    });
  });
  return { rows: codes.columns, columns: factors.columns, data: Float64Array.from(data) };
}

async function classifierAccuracies(
  name: string,
  { codes, factors }: FixedRepresentation,
  test: FixedRepresentation,
  positions: readonly number[],
  { signal, onProgress }: MetricRun,
): Promise<FeatureMatrix> {
  const [codeColumns, factorColumns] = [columnsOf(codes), columnsOf(factors)];
  const [testCodes, testFactors] = [columnsOf(test.codes), columnsOf(test.factors)];
  const data = new Float64Array(codes.columns * factors.columns);
  const total = data.length;
  const startedAt = performance.now();
  for (let done = 0; done < total; done++) {
    const code = Math.floor(done / factors.columns);
    const factor = done % factors.columns;
    const classifier = fitSupportVectors(
      codeColumns[code] as Float64Array,
      factorColumns[factor] as Float64Array,
    );
    const predicted = classifier.predict(testCodes[code] as Float64Array);
    data[done] = accuracy(predicted, testFactors[positions[factor] as number] as Float64Array);
    await yieldToEventLoop();
    throwIfCancelled(name, signal);
    onProgress?.({
      metric: name,
      done: done + 1,
      total,
      secondsLeft: estimateSecondsLeft(startedAt, done + 1, total),
    });
  }
  return { rows: codes.columns, columns: factors.columns, data };
}

function product(left: Float64Array, right: Float64Array): number {
  return left.reduce((sum, value, index) => sum + value * numberAt(right, index), 0);
}
