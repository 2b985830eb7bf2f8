import { numberAt } from '@factornet/core/samples';
import { InvalidOptionError, ShapeMismatchError } from '@factornet/spec';

export interface SupportVectorOptions {
  /** C: what a violated margin costs. Default 0.01. */
  readonly penalty?: number;
}

/** A linear classifier of one number. */
export interface SupportVectorClassifier {
  /** The class of each value; the lower one on a tie. A class that no example had is never predicted. */
  predict(values: ArrayLike<number>): Int32Array;
}

/** One class against the rest: positive where `weight · z + bias` is. */
interface Separator {
  readonly weight: number;
  readonly bias: number;
}

/**
 * One-against-rest linear support vector machines with squared hinge loss on a single code, classes balanced: for each
 * class, the `w, b` that minimise `½w² + ½b² + Σ_i c_i max(0, 1 − t_i (w z_i + b))²`, where `t_i` is 1 in the class and −1
 * elsewhere, `c_i = C · N / (K n_k)` in the class and `C` elsewhere. Two classes make one machine, with the balanced cost
 * on both sides.
 *
 * This is what scikit-learn's `LinearSVC(C, class_weight='balanced')` computes, bias penalised and all, by Newton steps in
 * two dimensions in place of coordinate descent: no seed, and the minimum to rounding.
 *
 * @param labels whole numbers from 0
 * @throws ShapeMismatchError if the lengths differ
 * @throws InvalidOptionError for a penalty that is not above 0, or fewer than two classes among the labels
 */
export function fitSupportVectors(
  values: Float64Array,
  labels: ArrayLike<number>,
  { penalty = 0.01 }: SupportVectorOptions = {},
): SupportVectorClassifier {
  if (labels.length !== values.length) {
    throw new ShapeMismatchError({ what: 'labels', expected: [values.length], received: [labels.length] });
  }
  if (!(penalty > 0 && Number.isFinite(penalty))) {
    throw new InvalidOptionError({ option: 'penalty', expected: 'a number above 0', received: penalty });
  }
  const counts = new Map<number, number>();
  for (let index = 0; index < labels.length; index++) {
    const label = labels[index] as number;
    counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  const classes = [...counts.keys()].sort((a, b) => a - b);
  if (classes.length < 2) {
    throw new InvalidOptionError({
      option: 'labels',
      expected: 'of two classes at least',
      received: classes,
    });
  }
  const balanced = (label: number) =>
    (penalty * values.length) / (classes.length * (counts.get(label) as number));
  if (classes.length === 2) {
    const [low, high] = classes as [number, number];
    const separator = separate(values, labels, high, balanced(high), balanced(low));
    return {
      predict: (codes) => Int32Array.from(codes, (code) => (score(separator, code) > 0 ? high : low)),
    };
  }
  const separators = classes.map((label) => separate(values, labels, label, balanced(label), penalty));
  return {
    predict: (codes) =>
      Int32Array.from(codes, (code) => {
        let best = 0;
        let most = Number.NEGATIVE_INFINITY;
        for (const [position, separator] of separators.entries()) {
          const value = score(separator, code);
          if (value <= most) continue;
          most = value;
          best = position;
        }
        return classes[best] as number;
      }),
  };
}

function score({ weight, bias }: Separator, value: number): number {
  return weight * value + bias;
}

const MOST_STEPS = 100;

/** Newton's method with back-tracking; the loss is convex and its second derivative at least 1, so there is one minimum. */
function separate(
  values: Float64Array,
  labels: ArrayLike<number>,
  positive: number,
  inside: number,
  outside: number,
): Separator {
  let weight = 0;
  let bias = 0;
  let here = lossAt(values, labels, positive, inside, outside, weight, bias);
  for (let step = 0; step < MOST_STEPS; step++) {
    const determinant = here.ww * here.bb - here.wb * here.wb;
    const toWeight = (here.bb * here.w - here.wb * here.b) / determinant;
    const toBias = (here.ww * here.b - here.wb * here.w) / determinant;
    // Newton's decrement: twice what the step would gain on a parabola.
    const decrement = here.w * toWeight + here.b * toBias;
    if (!(decrement > 1e-14 * here.loss)) break;
    let length = 1;
    let next = here;
    do {
      const [w, b] = [weight - length * toWeight, bias - length * toBias];
      next = lossAt(values, labels, positive, inside, outside, w, b);
      length /= 2;
    } while (next.loss > here.loss - 0.1 * length * decrement && length > 1e-10);
    if (!(next.loss < here.loss)) break;
    weight -= 2 * length * toWeight;
    bias -= 2 * length * toBias;
    here = next;
  }
  return { weight, bias };
}

/** The loss with its first and second derivatives. */
function lossAt(
  values: Float64Array,
  labels: ArrayLike<number>,
  positive: number,
  inside: number,
  outside: number,
  weight: number,
  bias: number,
) {
  let loss = (weight * weight + bias * bias) / 2;
  let [w, b, ww, wb, bb] = [weight, bias, 1, 0, 1];
  for (let index = 0; index < values.length; index++) {
    const value = numberAt(values, index);
    const isPositive = labels[index] === positive;
    const output = weight * value + bias;
    const missing = isPositive ? 1 - output : 1 + output;
    if (missing <= 0) continue;
    const cost = isPositive ? inside : outside;
    const slope = isPositive ? -2 * cost * missing : 2 * cost * missing;
    loss += cost * missing * missing;
    w += slope * value;
    b += slope;
    ww += 2 * cost * value * value;
    wb += 2 * cost * value;
    bb += 2 * cost;
  }
  return { loss, w, b, ww, wb, bb };
}
