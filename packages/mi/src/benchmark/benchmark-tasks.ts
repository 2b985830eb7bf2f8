import { additiveUniformTask } from './additive-uniform-task';
import { equicorrelated, pairwiseCorrelated } from './covariance';
import { gaussianTask } from './gaussian-task';
import { studentTask } from './student-task';
import type { BenchmarkTask } from './task';
import { transformed } from './transform';
import {
  asinh,
  halfCube,
  normalCdfTransform,
  normalMixtureQuantile,
  spiral,
  swissRoll,
  wigglyX,
  wigglyY,
} from './transforms';

/**
 * The 40 tasks of the mutual-information benchmark of Czyż et al. (arXiv 2306.11078, package `bmi`), in its order and
 * under its names, regenerated from their closed forms: 1–10 have one column on either side, bar the Swiss roll of two;
 * 11–19 are Gaussians, 20–25 Student-t, 26–40 transformed ones, of 2 to 50 columns each.
 *
 * The distributions are those of `bmi`; its draws are not, since they come from another random generator. Estimators that
 * are compared with its tables see standardised columns.
 *
 * @example
 * for (const task of benchmarkTasks()) {
 *   console.log(task.name, ksg().value(task.sample(5000, 0)) - task.mutualInformation);
 * }
 */
export function benchmarkTasks(): BenchmarkTask[] {
  const gaussian = gaussianTask({
    name: '1v1-normal-0.75',
    xFeatures: 1,
    yFeatures: 1,
    covariance: equicorrelated(2, 0.75),
  });
  const uniform = withNormalCdf(gaussian);
  const cauchy = student(1, 1);
  const pairs = [3, 5, 25].map(twoPair);
  return [
    gaussian,
    uniform,
    ...[0.1, 0.75].map((epsilon) => additiveUniformTask({ name: `1v1-additive-${epsilon}`, epsilon })),
    transformed(uniform, {
      name: '1v1-bimodal-0.75',
      x: normalMixtureQuantile([
        { weight: 0.3, mean: 0 },
        { weight: 0.7, mean: 5 },
      ]),
      y: normalMixtureQuantile([
        { weight: 0.5, mean: -1 },
        { weight: 0.5, mean: 3 },
      ]),
    }),
    transformed(gaussian, { name: `wiggly-${gaussian.name}`, x: wigglyX, y: wigglyY }),
    withHalfCube(gaussian),
    cauchy,
    withAsinh(cauchy),
    transformed(uniform, { name: `swissroll_x-${uniform.name}`, x: swissRoll }),
    ...[2, 3, 5, 25, 50].map(dense),
    ...[2, 3, 5, 25].map(twoPair),
    ...[student(2, 1), student(2, 2), student(3, 2), student(3, 3), student(5, 2), student(5, 3)],
    ...pairs.map(withNormalCdf),
    ...pairs.map(withHalfCube),
    ...pairs.map(withSpiral),
    ...pairs.map((task) => withSpiral(withNormalCdf(task))),
    ...[student(2, 1), student(3, 2), student(5, 2)].map(withAsinh),
  ];
}

/** Every two coordinates correlate by ½. */
function dense(features: number): BenchmarkTask {
  return gaussianTask({
    name: `multinormal-dense-${features}-${features}-0.5`,
    xFeatures: features,
    yFeatures: features,
    covariance: equicorrelated(2 * features, 0.5),
  });
}

/** Two coordinates of x each correlate with one of y, by λ² / (1 + λ²) with λ = 2; all others are noise. */
function twoPair(features: number): BenchmarkTask {
  return gaussianTask({
    name: `multinormal-sparse-${features}-${features}-2-2.0`,
    xFeatures: features,
    yFeatures: features,
    covariance: pairwiseCorrelated(features, features, 2, 0.8),
  });
}

function student(features: number, degreesOfFreedom: number): BenchmarkTask {
  return studentTask({
    name: `student-identity-${features}-${features}-${degreesOfFreedom}`,
    xFeatures: features,
    yFeatures: features,
    degreesOfFreedom,
  });
}

function withNormalCdf(task: BenchmarkTask): BenchmarkTask {
  return transformed(task, {
    name: `normal_cdf-${task.name}`,
    x: normalCdfTransform,
    y: normalCdfTransform,
  });
}

function withHalfCube(task: BenchmarkTask): BenchmarkTask {
  return transformed(task, { name: `half_cube-${task.name}`, x: halfCube, y: halfCube });
}

function withAsinh(task: BenchmarkTask): BenchmarkTask {
  return transformed(task, { name: `asinh-${task.name}`, x: asinh, y: asinh });
}

function withSpiral(task: BenchmarkTask): BenchmarkTask {
  return transformed(task, {
    name: `spiral-${task.name}`,
    x: spiral({ plane: [0, 1] }),
    y: spiral({ plane: [1, 2] }),
  });
}
