import type { FactorNetwork } from '@factornet/core';
import { argmaxRows } from '@factornet/core/samples';
import { kindOf } from '@factornet/spec/internal';
import { isClassification } from '@factornet/spec/training';
import type { TrainableTaskKind } from '../kinds/trainable-task-kind';
import type { Codes } from './collect-codes';
import { type ScoreLoss, scoreLoss } from './score-loss';

/** What a factor's score loses without its own t. */
export interface CodeLosses {
  /** With the t of another picture: a head that ignores t loses nothing. */
  readonly whenShuffled: ScoreLoss;
  /** With t = 0: where z tells the task by itself, little is lost. */
  readonly whenZeroed: ScoreLoss;
}

/** Where the least is lost. */
export interface LeastCodeLoss extends ScoreLoss {
  readonly task: string;
  readonly when: keyof CodeLosses;
}

export interface CodeLossesRequest {
  /** That `shuffleCodes` has seen. */
  readonly codes: Codes;
  readonly factor: FactorNetwork;
  readonly kinds: readonly TrainableTaskKind[];
  readonly seed: number;
}

/**
 * What one factor loses; undefined where fewer than two examples have a label. Of a classification that the data does not label,
 * what it loses in agreement with its own answers.
 */
export function codeLosses({ codes, factor, kinds, seed }: CodeLossesRequest): CodeLosses | undefined {
  const { columns, labels } = codes;
  const { task } = factor.description;
  const whole = columns.matrix(`${task.name}/logits`);
  const own = labels[task.name] ?? (isClassification(task) ? argmaxRows(whole) : undefined);
  if (own === undefined) return undefined;
  const lossOf = (column: string) => {
    const without = columns.matrix(`${task.name}/${column}`);
    return scoreLoss({ task, kind: kindOf(task, kinds), labels: own, whole, without, seed });
  };
  const whenShuffled = lossOf('logits-shuffled');
  const whenZeroed = lossOf('logits-without-specific');
  return whenShuffled && whenZeroed && { whenShuffled, whenZeroed };
}

/** The least that any of these factors loses in either way; undefined of none. */
export function leastCodeLoss(
  losses: Readonly<Record<string, CodeLosses | undefined>>,
): LeastCodeLoss | undefined {
  const all = Object.entries(losses).flatMap(([task, of]) =>
    (['whenShuffled', 'whenZeroed'] as const).flatMap((when) => (of ? [{ task, when, ...of[when] }] : [])),
  );
  return all.sort((one, other) => one.lost - other.lost)[0];
}
