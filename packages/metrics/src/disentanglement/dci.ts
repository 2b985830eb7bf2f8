import { columnsOf, type FeatureMatrix } from '@factornet/core/samples';
import { accuracy } from '../accuracy';
import { fitGradientBoosting } from '../boosting/gradient-boosting';
import type { Metric, MetricRun } from '../metric';
import type { FixedRepresentation } from '../representation';
import { rowsOf } from './columns';
import { drawExamples } from './examples';
import {
  completenessOf,
  completenessPerFactor,
  disentanglementOf,
  disentanglementPerCode,
} from './importance-scores';
import { mean } from './top-two-gap';
import { trackProgress } from './track-progress';
import { varyingFactors } from './varying-factors';

const STAGES = 100;

/**
 * Disentanglement, completeness and informativeness, from how much each code matters to gradient boosted trees that
 * predict each factor: `R[d, k]`, the importance of code d among 100 stages of trees of depth 3 (learning rate 0.1), adding
 * up to 1 for each factor.
 *
 * The value is the disentanglement, `Σ_d ρ_d (1 − H_K(R_d·))`. `details` has `completeness`, `Σ_k ρ_k (1 − H_D(R_·k))`;
 * `informativeness`, the mean accuracy on examples not learned from, and `informativenessTrain` (higher is better);
 * `importances` `[codes][factors]`, `perCode` and `perFactor`. All in [0, 1]. See all three: codes of which only one tells
 * anything can be disentangled. Equal codes share their importance at random, which costs completeness.
 *
 * A sampler is asked for 10,000 examples to learn from and 5,000 to test on; fixed arrays are dealt out 2 : 1. Takes
 * time: a tree per stage, factor and value of the factor. Factors with a single value are left out, with a note.
 *
 * Source: Eastwood and Williams, "A Framework for the Quantitative Evaluation of Disentangled Representations" (2018), with
 * the trees of disentanglement_lib.
 *
 * @throws InvalidOptionError when measured on factors of which none varies
 * @example
 * const { value, details } = await dci().measure({ codes, factors }, { onProgress: console.log });
 */
export function dci(): Metric {
  return {
    name: 'dci',
    range: [0, 1],
    better: 'high',
    needsFactors: true,
    async measure(representation, run) {
      const { train, test } = await drawExamples('dci', representation, run, true);
      const { importances, perFactor, factors, notes } = await readImportances(train, test, run);
      const single =
        factors.length === 1 ? ['With a single factor every code that matters is disentangled.'] : [];
      const completeness = completenessPerFactor(importances);
      return {
        metric: 'dci',
        value: disentanglementOf(importances),
        details: {
          completeness: completenessOf(importances),
          informativeness: mean(perFactor.map(({ test: share }) => share)),
          informativenessTrain: mean(perFactor.map(({ train: share }) => share)),
          importances: rowsOf(importances),
          perCode: [...disentanglementPerCode(importances)],
          perFactor: perFactor.map(({ train: trained, test: tested }, at) => ({
            factor: factors[at],
            completeness: completeness[at],
            informativeness: tested,
            informativenessTrain: trained,
          })),
          notes: [...notes, ...single],
        },
      };
    },
  };
}

async function readImportances(train: FixedRepresentation, test: FixedRepresentation, run: MetricRun = {}) {
  const { factors, positions, notes } = varyingFactors(train.factors);
  const trained = columnsOf(factors);
  const tested = columnsOf(test.factors);
  // Two classes share one tree per stage.
  const trees = trained.map((labels) => new Set(labels).size).map((classes) => (classes === 2 ? 1 : classes));
  const progress = trackProgress('dci', STAGES * trees.reduce((sum, count) => sum + count, 0), run);
  const importances: FeatureMatrix = {
    rows: train.codes.columns,
    columns: positions.length,
    data: new Float64Array(train.codes.columns * positions.length),
  };
  const perFactor: { train: number; test: number }[] = [];
  for (const [at, labels] of trained.entries()) {
    const fitted = await fitGradientBoosting({
      features: train.codes,
      labels,
      stages: STAGES,
      seed: run.seed ?? 0,
      onStage: () => progress.advance(trees[at] as number),
      signal: run.signal,
    });
    for (const [code, importance] of fitted.importances.entries()) {
      importances.data[code * positions.length + at] = importance;
    }
    perFactor.push({
      train: accuracy(fitted.predict(train.codes), labels),
      test: accuracy(fitted.predict(test.codes), tested[positions[at] as number] as Float64Array),
    });
  }
  return { importances, perFactor, factors: positions, notes };
}
