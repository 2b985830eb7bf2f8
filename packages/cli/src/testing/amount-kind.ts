import type { LabelValues } from '@factornet/data';
import type { TrainableTaskKind } from '@factornet/factorizer';
import { type FeatureMatrix, ridgeRegression, type TaskProbe } from '@factornet/metrics';
import { InvalidOptionError } from '@factornet/spec';
import { schemaFrom } from '@factornet/spec/training';
import {
  initializers,
  input,
  layers,
  model,
  type Scalar,
  type Tensor,
  tensor2d,
  tidy,
} from '@tensorflow/tfjs';

/** How much of something is on a picture: one number or several, in one unit. */
export interface AmountTask {
  readonly name: string;
  readonly type: 'amount';
  readonly quantities: readonly string[];
  readonly unit: string;
}

export interface AmountPrediction {
  readonly unit: string;
  /** Per quantity, one value per picture. */
  readonly amounts: Readonly<Record<string, Float32Array>>;
}

declare module '@factornet/spec' {
  interface TaskPredictions<Task> {
    readonly amount: Task extends { readonly quantities: readonly string[] } ? AmountPrediction : never;
  }
}

type ToldAmounts = Readonly<{ unit: string; amounts: Readonly<Record<string, number>> }>;

/**
 * Regression, as a stranger might write it: squared error of outputs `[batch, quantities]`. Labels are as many numbers per
 * example, NaN for none; targets `[batch, quantities + 1]` say in their last column whether there is a label.
 */
export function amount(): TrainableTaskKind<AmountTask, AmountPrediction> {
  return {
    type: 'amount',
    schema: schemaFrom(isAmountTask, '{ name, type: "amount", quantities, unit }'),
    score: 'R²',
    facts: ({ quantities, unit }) => ({ quantities: quantities.map((name) => `${name} (${unit})`) }),
    outputShape: ({ quantities }) => [quantities.length],
    decode: (outputs, { quantities, unit }) => ({
      unit,
      amounts: Object.fromEntries(
        quantities.map((name, column) => [
          name,
          outputs.filter((_, index) => index % quantities.length === column),
        ]),
      ),
    }),
    tell: ({ unit, amounts }, picture): ToldAmounts => ({
      unit,
      amounts: Object.fromEntries(
        Object.entries(amounts).map(([name, values]) => [name, values[picture] as number]),
      ),
    }),
    columns: [{ heading: 'quantity' }, { heading: 'amount', isNumeric: true }],
    rows: (told) => {
      const { unit, amounts } = told as ToldAmounts;
      return Object.entries(amounts).map(([name, value]) => [name, `${value.toFixed(2)} ${unit}`]);
    },
    labelSize: ({ quantities }) => quantities.length,
    checkLabels(_, labels) {
      for (const label of Array.from(labels)) {
        if (Number.isFinite(label) || Number.isNaN(label)) continue;
        throw new InvalidOptionError({ option: 'labels', expected: 'numbers, or NaN', received: label });
      }
    },
    matchLabels(own, wanted) {
      if (JSON.stringify(own.quantities) === JSON.stringify(wanted.quantities) && own.unit === wanted.unit)
        return undefined;
      throw new InvalidOptionError({ option: 'data', expected: `in ${wanted.unit}`, received: own.unit });
    },
    explainLabel({ quantities, unit }, labels, example) {
      const own = rowOf(labels, quantities.length, example);
      return own.some(Number.isNaN)
        ? undefined
        : `${own.map((value) => value.toFixed(2)).join(', ')} ${unit}`;
    },
    createHead({ quantities }, { features, seed, name }) {
      const code = input({ shape: [features], name: `${name}/input` });
      // TensorFlow.js takes 0 for none.
      const kernelInitializer = initializers.glorotNormal({ seed: seed + 1 });
      const dense = layers.dense({ units: quantities.length, kernelInitializer, name: `${name}/amounts` });
      return model({ name, inputs: code, outputs: dense.apply(code) as never });
    },
    targets({ quantities }, labels) {
      const size = quantities.length;
      const rows = Array.from({ length: labels.length / size }, (_, example) => {
        const own = rowOf(labels, size, example);
        return own.some(Number.isNaN) ? new Array(size + 1).fill(0) : [...own, 1];
      });
      return tensor2d(rows, [rows.length, size + 1]);
    },
    softTargets: (_, outputs) => outputs.concat(outputs.slice([0, 0], [-1, 1]).onesLike(), 1),
    loss: ({ outputs, targets }) => tidy(() => meanOf(squaredErrors(outputs, targets), targets)),
    transferLoss: ({ outputs, teacherOutputs, targets }) =>
      tidy(() => meanOf(outputs.sub(teacherOutputs).square(), targets)),
    bound: {
      name: 'gaussian',
      direction: 'lower',
      requires: 'samples',
      value: gaussianBound,
      surrogate: gaussianBound,
    },
    labelEntropy: ({ quantities }, labels) => {
      if (labels === undefined) return 0;
      const variances = columnsOf(labels, quantities.length).map(varianceOf);
      return variances.reduce((sum, variance) => sum + gaussianEntropy(variance), 0);
    },
    taughtBy(task, tasks) {
      const found = tasks.some(({ name, type }) => name === task.name && type === 'amount');
      return found ? { task: task.name, select: (outputs) => outputs.clone() } : undefined;
    },
    measure: ({ quantities }, { data }, labels) => explained(data, labels, quantities.length),
    figures: ({ quantities, unit }, { data }, labels) => {
      const errors = Array.from(labels, (label, index) => Math.abs(label - (data[index] as number)));
      const known = errors.filter((error) => !Number.isNaN(error));
      const mean = known.reduce((sum, error) => sum + error, 0) / known.length;
      return { [`mean absolute error of ${quantities.join(', ')} (${unit})`]: mean };
    },
    probed: ({ name, quantities }) => ({ name, probe: linearProbeOf(quantities.length) }),
  };
}

function isAmountTask(value: unknown): value is AmountTask {
  const { name, type, quantities, unit } = Object(value) as Record<string, unknown>;
  return (
    typeof name === 'string' &&
    type === 'amount' &&
    typeof unit === 'string' &&
    Array.isArray(quantities) &&
    quantities.length > 0 &&
    quantities.every((each) => typeof each === 'string')
  );
}

/** R², example by example, on the test half: of a ridge regression on the training half, and of the mean there. */
const linearProbeOf = (size: number): TaskProbe => ({
  start({ labels, halves: { train, test } }) {
    const own = (rows: Int32Array) =>
      Float32Array.from(Array.from(rows).flatMap((row) => rowOf(labels, size, row)));
    const [known, wanted] = [columnsOf(own(train), size), columnsOf(own(test), size)];
    const shares = (predicted: readonly (readonly number[])[]) =>
      Float64Array.from(test, (_, row) => {
        const each = wanted.map(
          (column, quantity) =>
            1 - ((column[row] as number) - (predicted[quantity]?.[row] as number)) ** 2 / varianceOf(column),
        );
        return each.reduce((sum, share) => sum + share, 0) / size;
      });
    return {
      guess: shares(known.map((column) => new Array(test.length).fill(meanOfKnown(column)))),
      read(features) {
        const half = (rows: Int32Array): FeatureMatrix => ({
          rows: rows.length,
          columns: features.columns,
          data: Float32Array.from(
            Array.from(rows).flatMap((row) => rowOf(features.data as Float32Array, features.columns, row)),
          ),
        });
        const [learnt, read] = [half(train), half(test)];
        return shares(
          known.map((targets) => {
            const { coefficients, intercept } = ridgeRegression({
              features: learnt,
              targets: targets.map((target) => (Number.isNaN(target) ? 0 : target)),
              weights: targets.map((target) => Number(!Number.isNaN(target))),
            });
            return Array.from({ length: read.rows }, (_, row) =>
              rowOf(read.data as Float32Array, read.columns, row).reduce(
                (sum, value, index) => sum + value * (coefficients[index] as number),
                intercept,
              ),
            );
          }),
        );
      },
    };
  },
});

function meanOfKnown(values: readonly number[]): number {
  const known = values.filter((value) => !Number.isNaN(value));
  return known.reduce((sum, value) => sum + value, 0) / known.length;
}

/** `1 − Σ(y − ŷ)² / Σ(y − ȳ)²` of the labelled examples, mean over quantities, no less than 0. */
function explained(outputs: ArrayLike<number>, labels: LabelValues, size: number): number {
  const scores = columnsOf(labels, size).map((column, quantity) => {
    const known = column.flatMap((label, example) =>
      Number.isNaN(label) ? [] : [[label, outputs[example * size + quantity] as number] as const],
    );
    if (known.length === 0) {
      throw new InvalidOptionError({ option: 'labels', expected: 'one at least', received: 'none' });
    }
    const errors = known.reduce((sum, [label, output]) => sum + (label - output) ** 2, 0);
    return 1 - errors / (known.length * varianceOf(known.map(([label]) => label)));
  });
  return Math.max(0, scores.reduce((sum, score) => sum + score, 0) / size);
}

function squaredErrors(outputs: Tensor, targets: Tensor): Tensor {
  const [batch, size] = outputs.shape as [number, number];
  return outputs.sub(targets.slice([0, 0], [batch, size])).square();
}

/** Over the rows that have a label. */
function meanOf(errors: Tensor, targets: Tensor): Scalar {
  const [batch, size] = errors.shape as [number, number];
  const labelled = targets.slice([0, size], [batch, 1]);
  return errors.mul(labelled).sum().div(labelled.sum().maximum(1)) as Scalar;
}

/** `H(y) − ½ Σ log 2πe E(y − ŷ)²`: Barber–Agakov with a Gaussian of the best variance. */
function gaussianBound(prediction: { logits: Tensor; targets: Tensor; labelEntropy: number }): Scalar {
  const { logits, targets, labelEntropy } = prediction;
  return tidy(() => {
    const [batch, size] = logits.shape as [number, number];
    const labelled = targets.slice([0, size], [batch, 1]);
    const count = labelled.sum();
    const variances = squaredErrors(logits, targets).mul(labelled).sum(0).div(count.maximum(1)).add(1e-6);
    const entropy = variances
      .mul(2 * Math.PI * Math.E)
      .log()
      .sum()
      .div(2);
    return count.minimum(1).mul(entropy.neg().add(labelEntropy)) as Scalar;
  });
}

const gaussianEntropy = (variance: number) => Math.log(2 * Math.PI * Math.E * variance) / 2;

const rowOf = (values: ArrayLike<number>, size: number, row: number): number[] =>
  Array.from({ length: size }, (_, index) => values[row * size + index] as number);

const columnsOf = (values: ArrayLike<number>, size: number): number[][] =>
  Array.from({ length: size }, (_, column) =>
    Array.from(values).filter((__, index) => index % size === column),
  );

function varianceOf(values: readonly number[]): number {
  const known = values.filter((value) => !Number.isNaN(value));
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  return known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / known.length;
}
