import { randomStream } from '@factornet/core/training';
import type { ClassificationTask } from '@factornet/spec';
import { describe, expect, it } from 'vitest';
import { trainableClassification } from '../kinds/classification/trainable-classification';
import type { TrainableTaskKind } from '../kinds/trainable-task-kind';
import { scoreLoss } from './score-loss';

const task: ClassificationTask = { name: 'side', type: 'classification', classes: ['left', 'right'] };
const kind = trainableClassification() as unknown as TrainableTaskKind;

/** Outputs that are right with this chance, and the labels 0. */
function answers(rows: number, chance: number, key: string) {
  const stream = randomStream(1, key);
  const right = Array.from({ length: rows }, () => stream.uniform() < chance);
  const data = Float32Array.from(right.flatMap((is) => (is ? [1, 0] : [0, 1])));
  return { right, outputs: { rows, columns: 2, data } };
}

const meanOf = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

function byHand(one: boolean[], other: boolean[]) {
  const differences = one.map((is, row) => Number(is) - Number(other[row]));
  const mean = meanOf(differences);
  const variance = meanOf(differences.map((value) => (value - mean) ** 2)) * (one.length / (one.length - 1));
  return { lost: mean, standardError: Math.sqrt(variance / one.length) };
}

describe('scoreLoss', () => {
  it('is the mean of the differences per example, with its standard error', () => {
    const [whole, without] = [answers(40, 0.9, 'whole'), answers(40, 0.5, 'without')];
    const labels = new Int32Array(40);
    const found = scoreLoss({ task, kind, labels, whole: whole.outputs, without: without.outputs, seed: 1 });
    const { lost, standardError } = byHand(whole.right, without.right);
    expect(found?.lost).toBeCloseTo(lost, 10);
    expect(found?.standardError).toBeCloseTo(standardError, 10);
  });

  it('is as good with many examples to a part, of which those without a label do not count', () => {
    const [whole, without] = [answers(1200, 0.9, 'whole'), answers(1200, 0.5, 'without')];
    const labels = Int32Array.from({ length: 1200 }, (_, row) => (row % 3 === 0 ? -1 : 0));
    const labelled = (of: boolean[]) => of.filter((_, row) => row % 3 !== 0);
    const found = scoreLoss({ task, kind, labels, whole: whole.outputs, without: without.outputs, seed: 1 });
    const { lost, standardError } = byHand(labelled(whole.right), labelled(without.right));
    expect(found?.lost).toBeCloseTo(lost, 10);
    // The deviation of 50 parts is itself known to a tenth.
    expect(Math.abs((found?.standardError as number) / standardError - 1)).toBeLessThan(0.3);
  });

  it('has no error where both answer alike, right or wrong', () => {
    const { outputs } = answers(60, 0.6, 'whole');
    const labels = new Int32Array(60);
    const same = scoreLoss({ task, kind, labels, whole: outputs, without: outputs, seed: 1 });
    expect(same).toEqual({ lost: 0, standardError: 0, examples: 60 });
  });

  it('says nothing of fewer than two labels', () => {
    const { outputs } = answers(3, 0.6, 'whole');
    const labels = Int32Array.of(-1, 0, -1);
    expect(scoreLoss({ task, kind, labels, whole: outputs, without: outputs, seed: 1 })).toBeUndefined();
  });
});
