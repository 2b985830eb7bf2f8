import { type Scalar, type Tensor2D, tensor2d, tidy, variableGrads } from '@tensorflow/tfjs';
import type { CriticNetwork } from '../critic';
import { clippedAdam } from '../estimate/clipped-adam';
import type { CriticEstimator } from '../estimator';
import { gaussianPairs } from './gaussian-pairs';

export interface Schooling {
  readonly dimensions: number;
  readonly batch: number;
  readonly steps: number;
  readonly learningRate: number;
}

/** Trains on fresh pairs at every step, as the staircase of Poole et al. (arXiv 1905.06922) does. */
export async function trainOnGaussians(
  network: CriticNetwork,
  { surrogate }: Pick<CriticEstimator, 'surrogate'>,
  nats: number,
  { dimensions, batch, steps, learningRate }: Schooling,
): Promise<void> {
  const optimizer = clippedAdam(network.variables);
  for (let step = 0; step < steps; step++) {
    tidy(() => {
      const [x, y] = draw(nats, dimensions, batch, `train/${step}`);
      const { grads } = variableGrads(
        () => surrogate(network.scores(x, y)).neg() as Scalar,
        [...network.variables],
      );
      optimizer.apply(grads, learningRate);
    });
  }
  optimizer.dispose();
}

/** Means over fresh batches. */
export async function readOnGaussians(
  network: CriticNetwork,
  estimators: readonly CriticEstimator[],
  nats: number,
  { dimensions, batch, batches }: { dimensions: number; batch: number; batches: number },
): Promise<number[]> {
  const sums = estimators.map(() => 0);
  for (let index = 0; index < batches; index++) {
    const values = tidy(() => {
      const scores = network.scores(...draw(nats, dimensions, batch, `test/${index}`));
      return estimators.map(({ value }) => value(scores));
    });
    for (const [which, value] of values.entries()) {
      sums[which] = (sums[which] as number) + ((await value.data())[0] as number) / batches;
      value.dispose();
    }
  }
  return sums;
}

function draw(nats: number, dimensions: number, rows: number, key: string): [Tensor2D, Tensor2D] {
  const { x, y } = gaussianPairs(nats, { rows, dimensions, key });
  return [
    tensor2d(x.data as Float32Array, [rows, dimensions]),
    tensor2d(y.data as Float32Array, [rows, dimensions]),
  ];
}
