import * as tf from '@tensorflow/tfjs';
import { seededTensor } from '../../testing/seeded-tensor';
import { gradientCase, type ParityCase } from '../parity-case';

type Unary = (x: tf.Tensor) => tf.Tensor;

/** Functions of one number by where they are defined: everywhere, above 0, above 1, in (-1, 1). */
const everywhere: Record<string, Unary> = {
  abs: tf.abs,
  asinh: tf.asinh,
  atan: tf.atan,
  ceil: tf.ceil,
  clipByValue: (x) => tf.clipByValue(x, -0.4, 0.5),
  cos: tf.cos,
  cosh: tf.cosh,
  erf: tf.erf,
  exp: tf.exp,
  expm1: tf.expm1,
  floor: tf.floor,
  isFinite: tf.isFinite,
  isInf: tf.isInf,
  isNaN: tf.isNaN,
  neg: tf.neg,
  onesLike: tf.onesLike,
  reciprocal: tf.reciprocal,
  round: tf.round,
  sign: tf.sign,
  sin: tf.sin,
  sinh: tf.sinh,
  square: tf.square,
  step: (x) => tf.step(x, 0.3),
  tan: tf.tan,
  zerosLike: tf.zerosLike,
  clone: (x) => x.clone().mul(x),
};
const positive: Record<string, Unary> = { log: tf.log, log1p: tf.log1p, rsqrt: tf.rsqrt, sqrt: tf.sqrt };
const unit: Record<string, Unary> = { acos: tf.acos, asin: tf.asin, atanh: tf.atanh };

const shapes = [[1], [3, 5], [2, 1, 4, 3], [0, 3]];

function unaryCases(functions: Record<string, Unary>, domain: Unary): ParityCase[] {
  return Object.entries(functions).flatMap(([name, compute]) =>
    shapes.map((shape) =>
      gradientCase(
        `${name} [${shape}]`,
        (x: tf.Tensor) => compute(x),
        () => [domain(seededTensor(shape, 1))],
      ),
    ),
  );
}

/** Conditions have no gradient: made from fixed numbers, off the tape. */
const truths = (shape: number[]) => tf.greater(seededTensor(shape, 8), 0.1);

/** TensorFlow.js forgets to sum the gradients of these over broadcast axes, on every backend. */
const onlyEqualShapes = ['maximum', 'minimum', 'squaredDifference', 'where'];

type Binary = (a: tf.Tensor, b: tf.Tensor) => tf.Tensor;

const binary: Record<string, Binary> = {
  add: tf.add,
  addN: (a, b) => tf.addN([tf.mul(a, a), tf.mul(a, tf.ones(a.shape))]).add(b),
  atan2: tf.atan2,
  div: tf.div,
  floorDiv: tf.floorDiv,
  greaterEqual: (a, b) => tf.cast(tf.greaterEqual(a, b), 'float32').mul(a).add(b),
  maximum: tf.maximum,
  minimum: tf.minimum,
  mod: tf.mod,
  mul: tf.mul,
  pow: (a, b) => tf.pow(tf.abs(a).add(0.2), b),
  squaredDifference: tf.squaredDifference,
  sub: tf.sub,
  where: (a, b) => tf.where(truths(a.shape), a, b),
};

const pairs = [
  [[4], [4]],
  [[2, 3, 4], [4]],
  [
    [5, 1],
    [1, 6],
  ],
  [[], [3, 2]],
  [[2, 4, 4, 3], [3]],
  [
    [1, 1, 1, 1],
    [2, 3, 3, 2],
  ],
  [[0, 3], [3]],
] as [number[], number[]][];

const binaryCases = Object.entries(binary).flatMap(([name, compute]) =>
  pairs
    .filter(([a, b]) => !onlyEqualShapes.includes(name) || a.join() === b.join())
    .map(([a, b]) =>
      gradientCase(`${name} [${a}] [${b}]`, compute, () => [seededTensor(a, 1), seededTensor(b, 2)]),
    ),
);

/** Whole numbers and truth values in, where an operation takes them. */
const dtypeCases: ParityCase[] = (['int32', 'bool'] as const).flatMap((dtype) => {
  const a = () => tf.cast(seededTensor([3, 4], 1).mul(4), dtype);
  const b = () => tf.cast(seededTensor([4], 2).mul(4).add(0.5), dtype);
  return [
    { name: `sum, mean, max of ${dtype}`, run: () => [a().sum(0), a().mean(0), a().max(1), a().min(0)] },
    // Sums of truth values are left undefined: the CPU backend gives a truth value of 2.
    { name: `products of ${dtype}`, run: () => [a().mul(b()), a().maximum(b()), a().minimum(b())] },
    { name: `matMul of ${dtype}`, run: () => [tf.matMul(a(), a(), false, true)] },
    { name: `casts of ${dtype}`, run: () => [a().cast('float32'), a().cast('int32'), a().cast('bool')] },
    { name: `comparison of ${dtype}`, run: () => [a().greater(b()), a().equal(b()), a().lessEqual(b())] },
    {
      name: `shapes of ${dtype}`,
      run: () => [a().transpose(), a().tile([2, 1]), a().slice([1, 1]), a().reverse()],
    },
    gradientCase(
      `a product with ${dtype}`,
      (x: tf.Tensor) => tf.mul(x, tf.cast(a(), 'float32')),
      () => [seededTensor([3, 4], 3)],
    ),
  ];
});

export const arithmeticCases: ParityCase[] = [
  ...unaryCases(everywhere, (x) => x.add(0.013)),
  ...unaryCases(positive, (x) => x.abs().add(0.05)),
  ...unaryCases({ acosh: tf.acosh }, (x) => x.abs().add(1.1)),
  ...unaryCases(unit, (x) => x.mul(0.9)),
  ...binaryCases,
  ...dtypeCases,
  // Equal, Greater and their like have no gradient in TensorFlow.js, and divNoNan is made of them.
  { name: 'divNoNan', run: () => [tf.divNoNan(seededTensor([3, 4], 1), truths([4]).cast('float32'))] },
  gradientCase(
    'cast to int32 and back',
    (x: tf.Tensor) => x.mul(3).cast('int32').cast('float32').mul(x),
    () => [seededTensor([7], 1)],
  ),
  gradientCase(
    'a gradient of a gradient',
    (x: tf.Tensor) => tf.grad((y) => y.sigmoid().square().sum())(x),
    () => [seededTensor([3, 2], 1)],
  ),
];
