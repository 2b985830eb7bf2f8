import { dispose, gather, type Tensor, type Tensor1D, type Tensor2D, tensor1d, tidy } from '@tensorflow/tfjs';
import type { ReadingMoments } from '../teacher/reading-moments';

/** Features with mean 0 and deviation 1 in each dimension; those that hardly move are left out. */
export interface Standardised {
  /** How many are left. */
  readonly dimensions: number;
  /** `[rows, all dimensions]` → `[rows, dimensions]` */
  apply(features: Tensor2D): Tensor2D;
  dispose(): void;
}

/** Dimensions of a smaller deviation say nothing; divided by it they would be noise. */
const LEAST_DEVIATION = 1e-4;

/** Standardises by moments of the training pictures, dimension by dimension. */
export function standardise({ mean, deviation }: ReadingMoments): Standardised {
  const kept = Int32Array.from(
    [...deviation.keys()].filter((d) => (deviation[d] as number) >= LEAST_DEVIATION),
  );
  const constants = tidy(() => ({
    // Casting on the way would make a float of it.
    kept: tensor1d(kept, 'int32'),
    mean: tensor1d(Float32Array.from(kept, (d) => mean[d] as number)),
    scale: tensor1d(Float32Array.from(kept, (d) => 1 / (deviation[d] as number))),
  }));
  const all = kept.length === deviation.length;
  return {
    dimensions: kept.length,
    apply: (features) =>
      tidy(() => {
        const chosen: Tensor = all ? features : gather(features, constants.kept as Tensor1D, 1);
        return chosen.sub(constants.mean).mul(constants.scale) as Tensor2D;
      }),
    dispose: () => dispose(constants),
  };
}

/**
 * Moments of a map's channels, over examples and positions, of those of all its numbers `[height, width, channels]`:
 * the variance within positions and that between their means.
 */
export function channelMoments({ mean, deviation }: ReadingMoments, channels: number): ReadingMoments {
  const positions = mean.length / channels;
  const means = new Float64Array(channels);
  const squares = new Float64Array(channels);
  for (let index = 0; index < mean.length; index++) {
    const [channel, value] = [index % channels, mean[index] as number];
    means[channel] = (means[channel] as number) + value / positions;
    squares[channel] =
      (squares[channel] as number) + (value ** 2 + (deviation[index] as number) ** 2) / positions;
  }
  return {
    mean: Float32Array.from(means),
    deviation: Float32Array.from(squares, (square, channel) =>
      Math.sqrt(Math.max(0, square - (means[channel] as number) ** 2)),
    ),
  };
}
