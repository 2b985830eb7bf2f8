import { type FeatureMatrix, featureMatrix } from '@factornet/core/samples';
import { type RandomStream, randomStream } from '@factornet/core/training';
import { InvalidOptionError } from '@factornet/spec';
import type { LabelledSamples } from '../estimator';
import { logGamma } from '../special-functions/gamma-functions';
import { checkCount } from './task';

/** A distribution of features with a label, whose mutual information is known. */
export interface LabelledTask {
  readonly name: string;
  readonly features: number;
  /** Exact, in nats. */
  readonly mutualInformation: number;
  /** @throws InvalidOptionError unless `count` is a whole number from 1 */
  sample(count: number, seed: number): LabelledSamples;
}

/**
 * A label of `classes` equally likely values, and one feature `label + U(0, 2)`, so that neighbouring classes overlap by
 * half: `I = log m − ((m − 1) / m) log 2` nats (Gao et al., NeurIPS 2017).
 *
 * @throws InvalidOptionError unless `classes` is a whole number from 1
 */
export function overlappingUniformsTask({ classes = 5 }: { classes?: number } = {}): LabelledTask {
  if (!Number.isInteger(classes) || classes < 1) {
    throw new InvalidOptionError({
      option: 'classes',
      expected: 'a whole number from 1',
      received: classes,
    });
  }
  return {
    name: `overlapping-uniforms-${classes}`,
    features: 1,
    mutualInformation: Math.log(classes) - ((classes - 1) / classes) * Math.log(2),
    sample: (count, seed) =>
      drawRows(count, randomStream(seed, 'benchmark', 'uniforms', classes), (random) => {
        const label = random.integer(classes);
        return [label + 2 * random.uniform(), label];
      }),
  };
}

/**
 * One feature `x ~ Exp(1)`, and as label a count that is 0 with probability p, else `Poisson(x)` (Gao et al., NeurIPS
 * 2017).
 *
 * With `p₀ = (1 + p) / 2`, the probability of a zero, and `S = Σ_k 2^(−k) log k`, the information is
 * `(1 − p) [2 log 2 − γ − S + ¼ − ½ log 2] − [(1 − p²) / 4 + ½ p² log p] / (1 − p) − p₀ log p₀` nats. That is below the
 * `(1 − p) (2 log 2 − γ − S)` that is published, which is what would be known if zeros told which kind they are; the two
 * are one for p = 0.
 *
 * @throws InvalidOptionError unless p lies in [0, 1)
 */
export function zeroInflatedPoissonTask({ inflation = 0.15 }: { inflation?: number } = {}): LabelledTask {
  if (!(inflation >= 0 && inflation < 1)) {
    throw new InvalidOptionError({
      option: 'inflation',
      expected: 'a number from 0 to below 1',
      received: inflation,
    });
  }
  return {
    name: `zero-inflated-poisson-${inflation}`,
    features: 1,
    mutualInformation: zeroInflatedInformation(inflation),
    sample: (count, seed) =>
      drawRows(count, randomStream(seed, 'benchmark', 'poisson', inflation), (random) => {
        const x = -Math.log(1 - random.uniform());
        return [x, random.uniform() < inflation ? 0 : poissonVariate(random, x)];
      }),
  };
}

const EULER_GAMMA = 0.5772156649015329;

function zeroInflatedInformation(inflation: number): number {
  let factorials = 0;
  for (let k = 2; k < 64; k++) factorials += logGamma(k + 1) / 2 ** (k + 1);
  // Of Poisson counts, all of them, and those that are 0: E[e^−x log(e^−x / ½)] over x.
  const poisson = 2 * Math.log(2) - EULER_GAMMA - factorials;
  const zeros = -1 / 4 + Math.log(2) / 2;
  // With s = P(0 | x) = p + (1 − p)e^−x, uniform from p to 1: the mean of s log s, less that of s log P(0).
  const p0 = (1 + inflation) / 2;
  const atLeast = inflation === 0 ? 0 : (inflation ** 2 / 2) * Math.log(inflation);
  const meanLog = (-1 / 4 - atLeast + inflation ** 2 / 4) / (1 - inflation);
  return (1 - inflation) * (poisson - zeros) + meanLog - p0 * Math.log(p0);
}

/** By counting the exponential times that fit, which takes as many draws as the count. */
function poissonVariate(random: RandomStream, mean: number): number {
  let [count, time] = [0, -Math.log(1 - random.uniform())];
  for (; time < mean; count++) time -= Math.log(1 - random.uniform());
  return count;
}

function drawRows(
  count: number,
  random: RandomStream,
  draw: (random: RandomStream) => [feature: number, label: number],
): LabelledSamples {
  checkCount(count);
  const labels = new Int32Array(count);
  const features: FeatureMatrix = featureMatrix(
    Float64Array.from({ length: count }, (_, row) => {
      const [feature, label] = draw(random);
      labels[row] = label;
      return feature;
    }),
  );
  return { features, labels };
}
