import { columnsOf, learnPreparation, prepare } from '@factornet/core/samples';
import { InvalidOptionError } from '@factornet/spec';
import { fitLogistic } from '../logistic/fit-logistic';
import { macroRocAuc } from '../logistic/roc-auc';
import type { Metric, MetricRun } from '../metric';
import { drawExamples } from './examples';
import { mean } from './top-two-gap';
import { trackProgress } from './track-progress';
import { varyingFactors } from './varying-factors';

/**
 * Explicitness: how well a linear classifier of all codes tells each factor's values apart, as the area under the ROC curve
 * of each value against all others, averaged over values, then over factors. 0.5 is chance, 1 perfect. The classifier is
 * logistic regression (multinomial, L2, C = 1) on standardised codes.
 *
 * It asks for information, not for disentanglement: rotations keep it. Values that do not occur among the test examples are
 * left out of the average, as are factors with a single value, with a note. A sampler is asked for 10,000 examples to learn
 * from and 5,000 to test on; fixed arrays are dealt out 2 : 1.
 *
 * Source: Ridgeway and Mozer, "Learning Deep Disentangled Embeddings with the F-Statistic Loss" (arXiv 1802.05312), as in
 * disentanglement_lib.
 *
 * @throws InvalidOptionError when measured, if no factor varies in both parts
 * @example
 * const { value } = await explicitness().measure({ codes, factors });
 */
export function explicitness(): Metric {
  return {
    name: 'explicitness',
    range: [0, 1],
    better: 'high',
    needsFactors: true,
    async measure(representation, run: MetricRun = {}) {
      const { train, test } = await drawExamples('explicitness', representation, run, true);
      const { factors, positions, notes: dropped } = varyingFactors(train.factors);
      const notes = [...dropped];
      const preparation = learnPreparation(train.codes, true);
      const constant = train.codes.columns - preparation.kept.length;
      if (constant > 0)
        notes.push(`Left out ${constant} of ${train.codes.columns} codes, which are constant.`);
      const features = prepare(train.codes, preparation);
      const held = prepare(test.codes, preparation);
      const tested = columnsOf(test.factors);
      const progress = trackProgress('explicitness', positions.length, run);
      const perFactor: { factor: number; value: number; train: number | undefined }[] = [];
      for (const [at, values] of columnsOf(factors).entries()) {
        const factor = positions[at] as number;
        const levels = new Map(
          [...new Set(values)].sort((a, b) => a - b).map((value, level) => [value, level]),
        );
        const labels = Int32Array.from(values, (value) => levels.get(value) as number);
        // A value that was never learned is an example against all others.
        const unseen = -1;
        const heldLabels = Int32Array.from(tested[factor] ?? [], (value) => levels.get(value) ?? unseen);
        const fitted = await fitLogistic(features, labels, levels.size, { signal: run.signal });
        const area = macroRocAuc(fitted.probabilities(held), heldLabels);
        const missing = area.perClass.filter((value) => value === undefined).length;
        if (missing > 0) {
          const among = `${missing} of ${levels.size} values of factor ${factor}`;
          notes.push(`Left out ${among}, which the test examples do not have, or have alone.`);
        }
        if (heldLabels.includes(unseen))
          notes.push(`Some values of factor ${factor} occur in the test alone.`);
        if (!fitted.converged) notes.push(`The classifier of factor ${factor} did not converge.`);
        if (area.value !== undefined) {
          const trained = macroRocAuc(fitted.probabilities(features), labels).value;
          perFactor.push({ factor, value: area.value, train: trained });
        }
        await progress.advance(1);
      }
      if (perFactor.length === 0) {
        const expected = 'of two values at least among the test examples';
        throw new InvalidOptionError(
          { option: 'factors', expected, received: 'one value of each' },
          { hint: 'Measure on more examples.' },
        );
      }
      return {
        metric: 'explicitness',
        value: mean(perFactor.map(({ value }) => value)),
        details: { perFactor, notes },
      };
    },
  };
}
