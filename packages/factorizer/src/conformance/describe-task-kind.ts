import { expectNoLeak } from '@factornet/core/testing';
import type { LabelValues } from '@factornet/data';
import type { TaskDescription } from '@factornet/spec';
import { outputSize } from '@factornet/spec/internal';
import { checkTask, ofKinds } from '@factornet/spec/training';
import {
  dispose,
  type Scalar,
  type Tensor,
  type Tensor2D,
  tensor,
  tidy,
  valueAndGrad,
} from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import type { TrainableTaskKind } from '../kinds/trainable-task-kind';

/** What a kind is tried on. */
export interface TaskKindExample<Task extends TaskDescription> {
  readonly task: Task;
  /** Of four examples or more, not all alike; the last one has none. */
  readonly labels: LabelValues;
  /** Outputs that answer all labelled examples right, `[examples * outputs]`. */
  readonly right: readonly number[];
}

/**
 * What every kind of task has to hold, from a label to its loss and from outputs to what a table shows, as a vitest suite on
 * the current backend.
 *
 * @example
 * describeTaskKind('classification', trainableClassification, {
 *   task: { name: 'shape', type: 'classification', classes: ['circle', 'star'] },
 *   labels: Int32Array.of(0, 1, 1, -1),
 *   right: [5, 0, 0, 5, 0, 5, 0, 0],
 * });
 */
export function describeTaskKind<Task extends TaskDescription, Prediction>(
  name: string,
  makeKind: () => TrainableTaskKind<Task, Prediction>,
  { task, labels, right }: TaskKindExample<Task>,
): void {
  const kind = makeKind();
  const size = outputSize(kind, task);
  const examples = right.length / size;
  const shape = [examples, ...kind.outputShape(task)];
  const wrong = right.map((value, index) => (index % 2 === 0 ? -value : value) - 0.3 * (index % 3));
  const matrixOf = (values: readonly number[]) => ({
    rows: examples,
    columns: size,
    data: Float32Array.from(values),
  });
  const each = <T>(body: (example: number) => T): T[] =>
    Array.from({ length: examples }, (_, index) => body(index));
  /** A scalar of outputs, with its gradient. */
  const evaluate = async (values: readonly number[], body: (outputs: Tensor) => Scalar) => {
    const outputs = tensor([...values], shape);
    const { value, grad } = valueAndGrad((given: Tensor) => tidy(() => body(given)))(outputs);
    expect(value.shape).toEqual([]);
    const read = [(await value.data())[0] as number, [...(await grad.data())]] as const;
    dispose([outputs, value, grad]);
    return { value: read[0], gradient: read[1] };
  };
  const none = labels.slice(-labels.length / examples);
  const missing = labels.map((_, index) => none[index % none.length] as number) as LabelValues;
  const lossOf = (values: readonly number[], own: LabelValues = labels) =>
    evaluate(values, (outputs) => kind.loss({ outputs, targets: kind.targets(task, own) }));

  describe(`${name} as a kind of task`, () => {
    it('says what it is, and knows its tasks from others', () => {
      expect(kind.type).toMatch(/^[a-z][a-z0-9-]*$/);
      expect(task.type).toBe(kind.type);
      expect(kind.score).not.toBe('');
      expect(() => checkTask(task, ofKinds([kind]))).not.toThrow();
      expect(() => checkTask({ name: 'a', type: kind.type }, ofKinds([kind]))).toThrow(/task/);
      expect(() => checkTask({ ...task, type: 'no-kind' }, ofKinds([kind]))).toThrow(kind.type);
      const facts = Object.entries(kind.facts(task));
      expect(facts.length).toBeGreaterThan(0);
      for (const [, names] of facts) expect(names.length).toBeGreaterThan(0);
      for (const length of kind.outputShape(task)) expect(Number.isInteger(length) && length > 0).toBe(true);
    });

    it('tells each picture by itself, as JSON and as rows below its headings', () => {
      const together = kind.decode(Float32Array.from(right), task);
      for (const example of each((index) => index)) {
        const own = right.slice(example * size, (example + 1) * size);
        const told = kind.tell(together, example);
        expect(told).toEqual(kind.tell(kind.decode(Float32Array.from(own), task), 0));
        expect(JSON.parse(JSON.stringify(told))).toEqual(told);
        const rows = kind.rows(told);
        expect(rows.length).toBeGreaterThan(0);
        for (const row of rows) expect(row).toHaveLength(kind.columns.length);
      }
    });

    it('takes labels of its own, says what they are, and which example has none', () => {
      expect(labels).toHaveLength(examples * kind.labelSize(task));
      kind.checkLabels(task, labels);
      expect(() => kind.checkLabels(task, new Float32Array(labels.length).fill(Infinity))).toThrow();
      expect(kind.matchLabels(task, task)).toBeUndefined();
      const told = each((example) => kind.explainLabel(task, labels, example));
      expect(told.pop()).toBeUndefined();
      for (const text of told) expect(text).not.toBe('');
      expect(new Set(told).size).toBeGreaterThan(1);
      expect(Number.isFinite(kind.labelEntropy(task, labels))).toBe(true);
      expect(Number.isFinite(kind.labelEntropy(task, undefined))).toBe(true);
    });

    it('makes heads of its outputs that start from the seed and the name alone', async () => {
      const read = async (seed: number) => {
        const head = kind.createHead(task, { features: 3, seed, name: 'head' });
        expect(head.inputs[0]?.shape).toEqual([null, 3]);
        expect(head.outputs[0]?.shape).toEqual([null, ...kind.outputShape(task)]);
        const values = await Promise.all(head.getWeights().map(async (weight) => [...(await weight.data())]));
        head.dispose();
        return values;
      };
      // The trainer's default, which initializers of TensorFlow.js take for none.
      expect(await read(0)).toEqual(await read(0));
      expect(await read(1)).toEqual(await read(1));
      expect(await read(2)).not.toEqual(await read(1));
    });

    it('loses least where outputs are right, and sees no example without a label', async () => {
      const [best, worse] = [await lossOf(right), await lossOf(wrong)];
      expect(best.value).toBeLessThan(worse.value);
      expect(worse.gradient.every(Number.isFinite)).toBe(true);
      expect(worse.gradient.some((slope) => slope !== 0)).toBe(true);
      expect(worse.gradient.slice(-size)).toEqual(new Array(size).fill(expect.closeTo(0, 12)));
      const other = [...wrong.slice(0, -size), ...wrong.slice(-size).map((value) => value + 1)];
      expect((await lossOf(other)).value).toBeCloseTo(worse.value, 6);
      const unseen = await lossOf(wrong, missing);
      expect(unseen.value).toBeCloseTo(0, 6);
      expect(unseen.gradient.every((slope) => Math.abs(slope) < 1e-6)).toBe(true);
    });

    it('learns from a teacher: what it put out loses least', async () => {
      const taught = (values: readonly number[]) =>
        evaluate(values, (outputs) => {
          const teacherOutputs = tensor([...right], shape);
          const targets = kind.targets(task, labels);
          return kind.transferLoss({ outputs, teacherOutputs, targets, temperature: 2 });
        });
      const [same, other] = [await taught(right), await taught(wrong)];
      expect(same.value).toBeCloseTo(0, 5);
      expect(other.value).toBeGreaterThan(same.value);
      const soft = (values: readonly number[]) =>
        evaluate(values, (outputs) => {
          const targets = kind.softTargets(task, tensor([...right], shape));
          return kind.loss({ outputs, targets });
        });
      expect((await soft(right)).value).toBeLessThan((await soft(wrong)).value);
      const found = kind.taughtBy(task, [{ name: 'other', type: 'no-kind' }, task]);
      expect(found?.task).toBe(task.name);
      expect(kind.taughtBy(task, [{ name: task.name, type: 'no-kind' }])).toBeUndefined();
      const outputs = tensor([...right], shape);
      const selected = found?.select(outputs) as Tensor;
      expect(selected).not.toBe(outputs);
      expect(await selected.array()).toEqual(await outputs.array());
      dispose([selected, outputs]);
    });

    it('bounds what a code tells from below: more where outputs are right, nothing without labels', async () => {
      expect(kind.bound.direction).toBe('lower');
      const labelEntropy = kind.labelEntropy(task, labels);
      const nats = (values: readonly number[], own: LabelValues) =>
        evaluate(values, (outputs) => {
          const targets = kind.targets(task, own) as Tensor2D;
          return kind.bound.value({ logits: outputs as Tensor2D, targets, labelEntropy });
        });
      const [best, worse] = [await nats(right, labels), await nats(wrong, labels)];
      expect(best.value).toBeGreaterThan(worse.value);
      const unseen = await nats(right, missing);
      expect(unseen.value).toBe(0);
      expect(unseen.gradient.every((slope) => slope === 0)).toBe(true);
    });

    it('scores from 0 to 1, of labelled examples', () => {
      expect(kind.measure(task, matrixOf(right), labels)).toBeCloseTo(1, 6);
      const score = kind.measure(task, matrixOf(wrong), labels);
      expect(score).toBeGreaterThanOrEqual(0);
      expect(score).toBeLessThan(1);
      expect(() => kind.measure(task, matrixOf(right), missing)).toThrow();
      for (const value of Object.values(kind.figures?.(task, matrixOf(right), labels) ?? {})) {
        expect(Number.isFinite(value)).toBe(true);
      }
      expect(kind.probed(task).name).toBe(task.name);
    });

    it('leaves no tensor behind', () => expectNoLeak(() => lossOf(wrong).then(() => undefined)));
  });
}
