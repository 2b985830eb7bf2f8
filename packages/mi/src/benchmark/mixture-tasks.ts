import { equicorrelated, pairwiseCorrelated } from './covariance';
import { type GaussianComponent, gaussianMixtureTask, type MixtureTask } from './mixture-task';
import type { Transform } from './transform';
import { spiral } from './transforms';

/**
 * The mixtures of Gaussians of the second benchmark of Czyż et al. (arXiv 2310.10240, package `bmi`) under its names: X,
 * AI, Galaxy, Waves, concentric Gaussians and Gaussians with inliers. Their information is in no closed form; read it
 * with {@link monteCarloInformation}.
 */
export function mixtureTasks(): MixtureTask[] {
  return [
    crossTask(),
    lettersTask(),
    galaxyTask(),
    wavesTask(),
    ...[3, 5, 25].map((features) => concentricTask(features, 5)),
    ...[3, 5].map((features) => concentricTask(features, 10)),
    ...[5, 25].flatMap((features) => [0.2, 0.5].map((share) => inliersTask(features, share))),
  ];
}

function crossTask(): MixtureTask {
  return gaussianMixtureTask({
    name: '1v1-X-0.9',
    xFeatures: 1,
    yFeatures: 1,
    components: evenly([0.9, -0.9].map((correlation) => [[0, 0], equicorrelated(2, correlation)])),
  });
}

/** The letters A and I, of three strokes each. */
function lettersTask(): MixtureTask {
  const slant = 0.95 * Math.sqrt(0.04 * 0.2);
  return gaussianMixtureTask({
    name: '1v1-AI',
    xFeatures: 1,
    yFeatures: 1,
    components: evenly([
      [[1, 0], diagonal(0.01, 0.2)],
      [[1, 1], diagonal(0.05, 0.001)],
      [[1, -1], diagonal(0.05, 0.001)],
      [[-0.8, -0.2], diagonal(0.03, 0.001)],
      [[-1.2, 0], Float64Array.of(0.04, slant, slant, 0.2)],
      [[-0.4, 0], Float64Array.of(0.04, -slant, -slant, 0.2)],
    ]),
  });
}

function galaxyTask(): MixtureTask {
  return gaussianMixtureTask({
    name: '2v1-galaxy-0.5-3.0',
    xFeatures: 2,
    yFeatures: 1,
    components: evenly([-1.5, 1.5].map((at) => [[at, at, at], diagonal(1, 1, 1)])),
    x: spiral({ plane: [0, 1], speed: 0.5 }),
  });
}

function wavesTask(): MixtureTask {
  const waves: Transform = {
    name: 'waves',
    features: (columns) => columns,
    apply: ({ rows, columns, data }) => {
      const waved = Float64Array.from(data);
      for (let start = 0; start < data.length; start += columns) {
        const [a, b] = [data[start] as number, data[start + 1] as number];
        waved[start] = 0.1 * (a + 5 * Math.sin(3 * b)) - 0.8;
        waved[start + 1] = 0.5 * b;
      }
      return { rows, columns, data: waved };
    },
  };
  return gaussianMixtureTask({
    name: '2v1-waves-12-5.0-3.0',
    xFeatures: 2,
    yFeatures: 1,
    components: evenly(
      Array.from({ length: 12 }, (_, k) => [[1.5 * k, 0, 1.5 * (k % 4)], diagonal(0.1, 1, 0.1)]),
    ),
    x: waves,
  });
}

/** y says, but for a little noise, which of the Gaussians around 0 x is from; that of ring k has the deviation k. */
function concentricTask(features: number, rings: number): MixtureTask {
  return gaussianMixtureTask({
    name: `${features}v1-concentric_gaussians-${rings}`,
    xFeatures: features,
    yFeatures: 1,
    components: evenly(
      Array.from({ length: rings }, (_, ring) => [
        [...new Array(features).fill(0), ring + 1],
        diagonal(...new Array(features).fill((ring + 1) ** 2), 1e-4),
      ]),
    ),
  });
}

/** A share of the pairs is drawn with x and y independent. */
function inliersTask(features: number, share: number): MixtureTask {
  const mean = new Array(2 * features).fill(0);
  return gaussianMixtureTask({
    name: `mult-sparse-w-inliers-${features}-${features}-2-2.0-${share}`,
    xFeatures: features,
    yFeatures: features,
    components: [
      { weight: 1 - share, mean, covariance: pairwiseCorrelated(features, features, 2, 0.8) },
      { weight: share, mean, covariance: equicorrelated(2 * features, 0) },
    ],
  });
}

function evenly(
  parts: readonly (readonly [mean: number[], covariance: Float64Array])[],
): GaussianComponent[] {
  return parts.map(([mean, covariance]) => ({ weight: 1 / parts.length, mean, covariance }));
}

function diagonal(...variances: readonly number[]): Float64Array {
  const covariance = equicorrelated(variances.length, 0);
  for (const [index, variance] of variances.entries()) covariance[index * (variances.length + 1)] = variance;
  return covariance;
}
