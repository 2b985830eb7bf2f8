import type { FactorNetwork } from '@factornet/core';
import { columnsOf, type FeatureMatrix, selectRows } from '@factornet/core/samples';
import { probeAccuracy } from '@factornet/metrics';
import { InvalidOptionError } from '@factornet/spec';
import { kindOf } from '@factornet/spec/internal';
import { type CodeLosses, codeLosses } from '../evaluation/code-losses';
import type { Codes } from '../evaluation/collect-codes';
import { derangement } from '../evaluation/derangement';
import { scoreLoss } from '../evaluation/score-loss';
import type { TrainableTaskKind } from '../kinds/trainable-task-kind';
import type { CodeFacts } from './diagnose-code';

export interface CodeFactsRequest {
  /** With the column `<task>/logits-shuffled`, that `shuffleCodes` adds. */
  readonly codes: Codes;
  readonly factor: FactorNetwork;
  readonly kinds: readonly TrainableTaskKind[];
  readonly seed: number;
  /** Where they are known already. */
  readonly losses?: CodeLosses | undefined;
}

/** Measures what {@link diagnoseCode} asks of a factor's code. */
export function codeFacts(request: CodeFactsRequest): CodeFacts {
  const { codes, factor, kinds, seed, losses = codeLosses(request) } = request;
  const { task } = factor.description;
  const { columns, labels } = codes;
  const t = columns.matrix(`${task.name}/code`);
  const logVariance = `${task.name}/log-variance`;
  const kind = kindOf(task, kinds);
  const own = labels[task.name];
  const alone =
    own &&
    readAlone(() => probeAccuracy({ features: t, labels: own, task: kind.probed(task), split: { seed } }));
  const whole = columns.matrix(`${task.name}/logits`);
  const without = selectRows(whole, derangement(whole.rows, seed));
  const whenGuessed = own && scoreLoss({ task, kind, labels: own, whole, without, seed });
  return {
    task: task.name,
    score: own ? kind.score : 'agreement with its own answers',
    examples: t.rows,
    spread: largestRange(t),
    ...(columns.has(logVariance) && {
      rate: largestRate(columns.matrix(`${task.name}/mean`), columns.matrix(logVariance)),
    }),
    ...(alone && { alone }),
    ...losses,
    ...(whenGuessed && { whenGuessed }),
  };
}

/** Few pictures may leave a half without a label; then nothing is said of it. */
function readAlone<Read>(read: () => Read): Read | undefined {
  try {
    return read();
  } catch (error) {
    if (InvalidOptionError.isInstance(error)) return undefined;
    throw error;
  }
}

function largestRange(t: FeatureMatrix): number {
  const ranges = columnsOf(t).map((values) => {
    let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const value of values) {
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
    return most - least;
  });
  return Math.max(0, ...ranges);
}

/** `max_d E ½(μ² + σ² − 1 − log σ²)`, in nats. */
function largestRate(mean: FeatureMatrix, logVariance: FeatureMatrix): number {
  const sums = new Float64Array(mean.columns);
  for (const [index, log] of logVariance.data.entries()) {
    const value = mean.data[index] as number;
    sums[index % mean.columns] =
      (sums[index % mean.columns] as number) + (value ** 2 + Math.exp(log) - 1 - log) / 2;
  }
  return Math.max(0, ...sums.map((sum) => sum / mean.rows));
}
