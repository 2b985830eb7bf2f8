import { columnsOf, discreteEntropy, type FeatureMatrix } from '@factornet/core/samples';
import { drawExamples } from '../disentanglement/examples';
import { trackProgress } from '../disentanglement/track-progress';
import { varyingFactors } from '../disentanglement/varying-factors';
import type { LabelInformation } from '../leakage/label-information';
import type { MetricRun } from '../metric';
import type { Representation } from '../representation';
import { blockOf, type CodeBlocks } from './code-blocks';

export interface BlockInformation {
  /** What each block tells about each factor in nats, within [0, H], `[blocks, factors]`. */
  readonly information: FeatureMatrix;
  /** As estimated, before that. */
  readonly estimated: readonly (readonly number[])[];
  /** H of each factor in nats. */
  readonly entropies: readonly number[];
  /** Positions of the factors that vary. */
  readonly factors: readonly number[];
  readonly notes: readonly string[];
}

/**
 * Estimates `I(block; v_k)` for all blocks and factors. An estimate outside `[0, H(v_k)]`, where information lies, is put
 * to the nearer end.
 */
export async function blockInformation(
  metric: string,
  representation: Representation,
  {
    blocks,
    estimator,
    atLeastFactors,
  }: { blocks: CodeBlocks; estimator: LabelInformation; atLeastFactors: number },
  run: MetricRun | undefined,
): Promise<BlockInformation> {
  const { train, test } = await drawExamples(metric, representation, run, true);
  const rows = { train: train.codes.rows, test: test.codes.rows };
  const codes = stack(train.codes, test.codes);
  const { factors, positions, notes } = varyingFactors(stack(train.factors, test.factors), atLeastFactors);
  const split = {
    train: Int32Array.from({ length: rows.train }, (_, row) => row),
    test: Int32Array.from({ length: rows.test }, (_, row) => rows.train + row),
  };
  const labels = columnsOf(factors).map(numberClasses);
  const entropies = labels.map(({ classes: _, values }) => discreteEntropy(values));
  const names = Object.keys(blocks);
  const progress = trackProgress(metric, names.length * labels.length, run);
  const estimated: number[][] = [];
  for (const name of names) {
    const features = blockOf(codes, blocks, name);
    const nats: number[] = [];
    for (const { values, classes } of labels) {
      nats.push(await estimator.estimate({ features, labels: values, classes, split }));
      await progress.advance(1);
    }
    estimated.push(nats);
  }
  const data = estimated.flatMap((nats) =>
    nats.map((value, factor) => Math.min(entropies[factor] as number, Math.max(0, value))),
  );
  return {
    information: { rows: names.length, columns: labels.length, data: Float64Array.from(data) },
    estimated,
    entropies,
    factors: positions,
    notes,
  };
}

function stack(upper: FeatureMatrix, lower: FeatureMatrix): FeatureMatrix {
  const data = new Float64Array(upper.data.length + lower.data.length);
  data.set(upper.data);
  data.set(lower.data, upper.data.length);
  return { rows: upper.rows + lower.rows, columns: upper.columns, data };
}

/** The values of a factor as classes 0, 1, …: the ones that come, in order. */
function numberClasses(factor: Float64Array): { values: Int32Array; classes: number } {
  const levels = new Map([...new Set(factor)].sort((a, b) => a - b).map((level, rank) => [level, rank]));
  return { values: Int32Array.from(factor, (value) => levels.get(value) as number), classes: levels.size };
}
