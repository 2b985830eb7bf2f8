import { at, checkFinite, checkMatrix, type FeatureMatrix } from '@factornet/core/samples';
import { InvalidOptionError, ShapeMismatchError } from '@factornet/spec';
import { countClasses } from '../accuracy';
import { temperatureLoss } from './temperature-loss';

/**
 * Nats that speak for T = 1: `log β − β + 1` of them, the logarithm of a Gamma density with its mode at β = 1. It decides
 * where examples do not: without a wrong answer among them, nothing would be too sure.
 */
const PRIOR = 1;

/** Relative change of β at which Newton's method is done. */
const TOLERANCE = 1e-10;

/**
 * The temperature T that makes `softmax(logits / T)` as likely as can be: minimises
 * `Σ_i −log softmax(β l_i)[y_i] + (β − log β)` over `β = 1 / T`, which is convex, by Newton's method within a bracket. The
 * last term is a Gamma prior that weighs as much as one example. Which class is likeliest stays as it was.
 *
 * Source: Guo et al., "On Calibration of Modern Neural Networks" (arXiv 1706.04599), section 4.2.
 *
 * @param logits `[examples, classes]`, of examples that the network was not trained on
 * @param targets labels, of which −1 do not count, or distributions `[examples, classes]` whose rows sum to the weight of
 * the example, 0 included
 * @throws ShapeMismatchError, LabelOutOfRangeError
 * @throws InvalidOptionError for logits that are not finite, targets below 0, or where no example has one
 * @example
 * const temperature = fitTemperature(logits, labels); // 1.4: they were too sure of themselves
 */
export function fitTemperature(logits: FeatureMatrix, targets: ArrayLike<number> | FeatureMatrix): number {
  const loss = temperatureLoss(logits, targetsOf(logits, targets));
  const slopeAt = (beta: number) => {
    const { slope, curvature } = loss(beta);
    return { slope: slope + PRIOR * (1 - 1 / beta), curvature: curvature + PRIOR / beta ** 2 };
  };
  let [low, high] = [1, 1];
  if (slopeAt(1).slope > 0) while (slopeAt(low).slope > 0) low /= 2;
  else while (slopeAt(high).slope < 0) high *= 2;
  let beta = low === high ? 1 : (low + high) / 2;
  for (let step = 0; step < 200; step++) {
    const { slope, curvature } = slopeAt(beta);
    if (slope > 0) high = beta;
    else low = beta;
    const newton = beta - slope / curvature;
    const next = newton >= low && newton <= high ? newton : (low + high) / 2;
    if (Math.abs(next - beta) <= TOLERANCE * beta) return 1 / next;
    beta = next;
  }
  return 1 / beta;
}

function targetsOf(logits: FeatureMatrix, targets: ArrayLike<number> | FeatureMatrix): FeatureMatrix {
  const { rows, columns } = logits;
  const given = 'data' in targets ? targets : undefined;
  checkMatrix('logits', logits, given === undefined ? (targets as ArrayLike<number>) : undefined);
  checkFinite('logits', logits);
  const distributions = given ?? oneHot(targets as ArrayLike<number>, columns);
  checkMatrix('targets', distributions);
  checkFinite('targets', distributions);
  if (distributions.rows !== rows || distributions.columns !== columns) {
    const received = [distributions.rows, distributions.columns];
    throw new ShapeMismatchError({ what: 'targets', expected: [rows, columns], received });
  }
  const negative = distributions.data.findIndex((value) => value < 0);
  if (negative >= 0) {
    const option = `targets[${Math.floor(negative / columns)}, ${negative % columns}]`;
    const received = at(distributions, 0, negative);
    throw new InvalidOptionError({ option, expected: 'a probability from 0', received });
  }
  if (distributions.data.some((value) => value > 0)) return distributions;
  throw new InvalidOptionError({ option: 'targets', expected: 'not all missing', received: 'none' });
}

function oneHot(labels: ArrayLike<number>, classes: number): FeatureMatrix {
  countClasses(labels, classes);
  const data = new Float64Array(labels.length * classes);
  for (let row = 0; row < labels.length; row++) {
    const label = labels[row] as number;
    if (label >= 0) data[row * classes + label] = 1;
  }
  return { rows: labels.length, columns: classes, data };
}
