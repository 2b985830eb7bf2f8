import { avgPool, type Tensor, type Tensor2D, type Tensor4D } from '@tensorflow/tfjs';

/** Numbers that are kept of one tap: probes' time and memory grow with them. */
const MOST_COLUMNS = 512;
/** Of a map's height and width. */
const MOST_CELLS = 4;

/**
 * A tap as probes read it: of maps, the means over a grid of cells, as fine as 512 numbers allow and 4 × 4 at most. What a map
 * tells about a shape lies in where it answers, which a mean over all positions leaves out: leakage compared with that
 * would look larger than it is. Within `tf.tidy`.
 */
export function cellMeans(features: Tensor): Tensor2D {
  if (features.rank !== 4) return features.reshape([features.shape[0] as number, -1]);
  const [batch, height, width, channels] = (features as Tensor4D).shape;
  const cells = [4, 3, 2].find(
    (side) => side <= Math.min(MOST_CELLS, height, width) && side * side * channels <= MOST_COLUMNS,
  );
  const means = cells === undefined ? features.mean([1, 2]) : gridMeans(features as Tensor4D, cells);
  return means.reshape([batch, -1]);
}

/** Cells of one size, which overlap where the positions cannot be shared out evenly. */
function gridMeans(features: Tensor4D, cells: number): Tensor4D {
  const [, height, width] = features.shape;
  const strides: [number, number] = [Math.floor(height / cells), Math.floor(width / cells)];
  const size: [number, number] = [height - (cells - 1) * strides[0], width - (cells - 1) * strides[1]];
  return avgPool(features, size, strides, 'valid');
}
