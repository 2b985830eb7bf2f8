import { columnsOf } from '@factornet/core/samples';
import { accuracy } from '../accuracy';
import { rowsOf } from '../disentanglement/columns';
import { drawExamples } from '../disentanglement/examples';
import { mean, topTwoGaps } from '../disentanglement/top-two-gap';
import { trackProgress } from '../disentanglement/track-progress';
import { varyingFactors } from '../disentanglement/varying-factors';
import type { Metric } from '../metric';
import { type LinearProbeOptions, linearProbe } from '../probe/linear-probe';
import { type BlockOptions, blockOf, checkBlocks } from './code-blocks';

export interface BlockSapOptions extends BlockOptions {
  /** Of the classifier. Default: standardised features, the stronger reader. */
  probe?: LinearProbeOptions;
}

/**
 * How much better the best block predicts a factor than the second best: `mean_k (S_(1),k − S_(2),k)`, where S is the
 * held-out accuracy of a linear probe on all numbers of a block. In [0, 1], and below 1 − chance.
 *
 * **Not SAP**: a probe on several numbers tells apart what no threshold on one of them can, so that values are higher. A
 * sampler is asked for 10,000 examples and 5,000 to test on; fixed arrays are dealt out two to one. Factors with a single
 * value are left out, with a note.
 *
 * @throws InvalidOptionError for fewer than two blocks, an empty one, or a column named twice; when measured, for a column
 * that is not there or without a factor that varies
 * @example
 * const { value } = await blockSAP({ blocks: { shape: [0, 1], hue: [2, 3] } }).measure({ codes, factors });
 */
export function blockSAP({ blocks, probe: options }: BlockSapOptions): Metric {
  checkBlocks(blocks, 2);
  const probe = linearProbe(options);
  const name = 'block-sap';
  return {
    name,
    range: [0, 1],
    better: 'high',
    needsFactors: true,
    async measure(representation, run) {
      const { train, test } = await drawExamples(name, representation, run, true);
      const { factors, positions, notes } = varyingFactors(train.factors);
      const labels = columnsOf(factors);
      const testLabels = columnsOf(test.factors);
      const names = Object.keys(blocks);
      const progress = trackProgress(name, names.length * labels.length, run);
      const scores: number[] = [];
      for (const block of names) {
        const [features, testFeatures] = [
          blockOf(train.codes, blocks, block),
          blockOf(test.codes, blocks, block),
        ];
        for (const [at, values] of labels.entries()) {
          const tested = testLabels[positions[at] as number] as Float64Array;
          const levels = [...new Set(values)];
          const fitted = probe.fit(
            features,
            values.map((value) => levels.indexOf(value)),
            levels.length,
          );
          const predicted = fitted.predict(testFeatures);
          scores.push(
            accuracy(
              Float64Array.from(predicted, (label) => levels[label] as number),
              tested,
            ),
          );
          await progress.advance(1);
        }
      }
      const matrix = { rows: names.length, columns: labels.length, data: Float64Array.from(scores) };
      const perFactor = topTwoGaps(matrix, 'blocks');
      return {
        metric: name,
        value: mean(perFactor),
        details: {
          blocks: names,
          scores: rowsOf(matrix),
          factors: positions,
          perFactor: [...perFactor],
          notes,
        },
      };
    },
  };
}
