import type { FeatureMatrix } from '@factornet/core/samples';
import { integerAt, numberAt } from '@factornet/core/samples';
import { randomStream, throwIfCancelled } from '@factornet/core/training';
import { accuracy } from '../accuracy';
import { fitLogistic } from '../logistic/fit-logistic';
import type { Metric, MetricRun } from '../metric';
import { fixedFactorSource } from '../sampling/fixed-factor-source';
import { checkCount } from './check-count';
import { checkMagnitude } from './examples';
import { noteOnScale } from './note-on-scale';
import { trackProgress } from './track-progress';

export interface BetaVAEOptions {
  /** Pairs that differences are averaged over. Default 64. */
  batchSize?: number;
  /** Averages that the classifier learns from. Default 10,000. */
  trainBatches?: number;
  /** Averages that it is tested on. Default 5,000. */
  testBatches?: number;
}

/** Averages computed at once. */
const BATCHES = 16;

/**
 * The β-VAE score: whether a linear classifier can tell, from `mean_b |z(v_b) − z(v′_b)|` over a batch of pairs that agree in
 * one factor, which factor it is. Its accuracy on batches not learned from: 1 / factors (`details.chance`) to 1. The
 * classifier is logistic regression (multinomial, L2, C = 1).
 *
 * Nearly every lossless code passes, random rotations included. Fixed arrays give pairs of rows that share a value, the
 * same rows to learn from and to test on. Factors with a single value are left out, with a note; a note also says where codes
 * are so small that the classifier's penalty decides.
 *
 * Source: Higgins et al., "β-VAE: Learning Basic Visual Concepts with a Constrained Variational Framework" (2017), with the
 * settings of disentanglement_lib. Its published numbers are of one-vs-rest classifiers.
 *
 * @throws InvalidOptionError for options; when measured, if fewer than two factors vary
 * @example
 * const { value } = await betaVAE().measure({ factorSizes: [3, 6], encode });
 */
export function betaVAE({
  batchSize = 64,
  trainBatches = 10_000,
  testBatches = 5_000,
}: BetaVAEOptions = {}): Metric {
  checkCount('batchSize', batchSize, 1);
  checkCount('trainBatches', trainBatches, 1);
  checkCount('testBatches', testBatches, 1);
  return {
    name: 'beta-vae',
    range: [0, 1],
    better: 'high',
    needsFactors: true,
    async measure(representation, run: MetricRun = {}) {
      throwIfCancelled('beta-vae', run.signal);
      const source = fixedFactorSource(representation);
      const progress = trackProgress('beta-vae', trainBatches + testBatches, run);
      const stream = randomStream(run.seed ?? 0, 'beta-vae');
      let onScale: string[] | undefined;
      const draw = async (batches: number) => {
        const labels = Int32Array.from({ length: batches }, () => stream.integer(source.factors.length));
        const parts: FeatureMatrix[] = [];
        for (let from = 0; from < batches; from += BATCHES) {
          const chosen = labels.subarray(from, from + BATCHES);
          const held = Int32Array.from({ length: chosen.length * batchSize }, (_, pair) => {
            return source.factors[integerAt(chosen, Math.floor(pair / batchSize))] as number;
          });
          const pairs = await source.drawPairs(held, stream);
          pairs.forEach(checkMagnitude);
          onScale ??= noteOnScale(pairs[0], 'the penalty of the classifier hides what they tell');
          parts.push(meanDifferences(pairs, batchSize));
          await progress.advance(chosen.length);
        }
        return { features: stack(parts), labels };
      };
      const train = await draw(trainBatches);
      const test = await draw(testBatches);
      const classes = source.factors.length;
      const fitted = await fitLogistic(train.features, train.labels, classes, { signal: run.signal });
      return {
        metric: 'beta-vae',
        value: accuracy(fitted.predict(test.features), test.labels),
        details: {
          trainAccuracy: accuracy(fitted.predict(train.features), train.labels),
          factors: source.factors,
          chance: 1 / classes,
          notes: [
            ...source.notes,
            ...(onScale ?? []),
            ...(fitted.converged ? [] : ['The classifier did not converge.']),
          ],
        },
      };
    },
  };
}

/** Per batch of `size` pairs, the mean distance in each code. */
function meanDifferences(
  [left, right]: readonly [FeatureMatrix, FeatureMatrix],
  size: number,
): FeatureMatrix {
  const { rows, columns } = left;
  const data = new Float64Array((rows / size) * columns);
  for (let row = 0; row < rows; row++) {
    const to = Math.floor(row / size) * columns;
    for (let column = 0; column < columns; column++) {
      const at = row * columns + column;
      const distance = Math.abs((left.data[at] as number) - (right.data[at] as number));
      data[to + column] = numberAt(data, to + column) + distance / size;
    }
  }
  return { rows: rows / size, columns, data };
}

function stack(parts: readonly FeatureMatrix[]): FeatureMatrix {
  const rows = parts.reduce((sum, part) => sum + part.rows, 0);
  const columns = parts[0]?.columns ?? 0;
  const data = new Float64Array(rows * columns);
  let at = 0;
  for (const part of parts) {
    data.set(part.data, at);
    at += part.data.length;
  }
  return { rows, columns, data };
}
